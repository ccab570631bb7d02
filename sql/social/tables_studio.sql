create table social.ai_models (
  id uuid primary key default gen_random_uuid(),
  name text not null,
  provider text not null,
  openrouter_id text not null unique,
  description text,
  logo_key text,
  credit_cost numeric not null,
  model_type text not null,
  max_context_tokens integer,
  supports_text boolean not null default true,
  supports_images boolean not null default false,
  supports_audio boolean not null default false,
  is_active boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint "a call of a model costs something" check (credit_cost > 0 and credit_cost <= 1000000),
  constraint "a model has a known type" check (model_type in ('fast', 'advanced', 'affordable')),
  constraint "a model has some context" check (max_context_tokens > 0),
  constraint "model texts are bounded" check (
    char_length(name) between 1 and 200
    and char_length(provider) between 1 and 100
    and char_length(openrouter_id) between 1 and 200
    and char_length(description) <= 2000
    and char_length(logo_key) <= 200
  )
);
comment on table social.ai_models is 'The models that users choose from, by their ids at OpenRouter.';
comment on column social.ai_models.credit_cost is 'Credits a call.';

create table social.ai_studio_settings (
  user_id uuid primary key references public.profiles (id),
  default_system_prompt text,
  default_model text not null default 'openai/gpt-4o',
  temperature numeric(3, 2) not null default 0.70,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint "a temperature is 0 to 2" check (temperature between 0 and 2.0),
  constraint "studio texts are bounded" check (
    char_length(default_system_prompt) <= 20000
    and char_length(default_model) between 1 and 200
  )
);
comment on table social.ai_studio_settings is 'How a user''s AI studio starts a conversation.';

create table social.ai_studio_conversation_metadata (
  thread_id text primary key,
  user_id uuid not null references public.profiles (id),
  title text,
  model text,
  message_count integer not null default 0,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint "messages are counted from none" check (message_count >= 0),
  constraint "conversation texts are bounded" check (
    char_length(thread_id) between 1 and 255
    and char_length(title) <= 500
    and char_length(model) <= 200
  )
);
create index ai_studio_conversation_metadata_user_id_idx
  on social.ai_studio_conversation_metadata (user_id, updated_at desc);
comment on table social.ai_studio_conversation_metadata is
  'A conversation of the AI studio: whose a LangGraph thread is. Deleting it deletes the thread''s checkpoints.';
comment on column social.ai_studio_conversation_metadata.thread_id is
  'Chosen by the front end, a uuid best; it never changes.';

-- The tables of LangGraph's Postgres checkpointer, with its keys. No foreign keys
-- among them: it writes blobs and writes before their checkpoint, and deletes in an
-- order of its own. user_id is ours: a trigger fills it from the conversation.
create table social.checkpoints (
  thread_id text not null,
  checkpoint_ns text not null default '',
  checkpoint_id text not null,
  parent_checkpoint_id text,
  type text,
  checkpoint jsonb not null,
  metadata jsonb not null default '{}'::jsonb,
  user_id uuid not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (thread_id, checkpoint_ns, checkpoint_id)
);
create index checkpoints_user_id_idx on social.checkpoints (user_id);
comment on table social.checkpoints is
  'LangGraph: the states of a thread, written by the role langgraph alone.';

create table social.checkpoint_blobs (
  thread_id text not null,
  checkpoint_ns text not null default '',
  channel text not null,
  version text not null,
  type text not null,
  blob bytea,
  user_id uuid not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (thread_id, checkpoint_ns, channel, version)
);
create index checkpoint_blobs_user_id_idx on social.checkpoint_blobs (user_id);
comment on table social.checkpoint_blobs is
  'LangGraph: the values of a state''s channels, shared by the checkpoints that name their version.';

create table social.checkpoint_writes (
  thread_id text not null,
  checkpoint_ns text not null default '',
  checkpoint_id text not null,
  task_id text not null,
  idx integer not null,
  channel text not null,
  type text,
  blob bytea not null,
  task_path text not null default '',
  user_id uuid not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (thread_id, checkpoint_ns, checkpoint_id, task_id, idx)
);
create index checkpoint_writes_user_id_idx on social.checkpoint_writes (user_id);
comment on table social.checkpoint_writes is
  'LangGraph: what tasks wrote after a checkpoint and before the next one.';

create table social.checkpoint_migrations (
  v integer primary key,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
comment on table social.checkpoint_migrations is
  'LangGraph: the steps of its setup() that these tables already have. Seeded, so that setup() has nothing to do.';

alter table social.ai_models enable row level security;
alter table social.ai_studio_settings enable row level security;
alter table social.ai_studio_conversation_metadata enable row level security;
alter table social.checkpoints enable row level security;
alter table social.checkpoint_blobs enable row level security;
alter table social.checkpoint_writes enable row level security;
alter table social.checkpoint_migrations enable row level security;
