create table social.conversations (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references public.profiles (id),
  social_account_id uuid not null references social.social_accounts (id) on delete cascade,
  external_conversation_id text,
  customer_identifier text not null,
  customer_name text,
  customer_avatar_url text,
  status text not null default 'open',
  priority text not null default 'normal',
  assigned_to uuid references public.profiles (id),
  tags text[],
  ai_mode text not null default 'ON',
  automation_disabled boolean not null default false,
  unread_count integer not null default 0,
  last_message_at timestamptz,
  metadata jsonb not null default '{}'::jsonb,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  -- A webhook that arrives twice finds the conversation it made.
  constraint "a platform's conversation is kept once an account"
    unique (social_account_id, external_conversation_id),
  constraint "a conversation has a known status" check (status in ('open', 'closed', 'pending')),
  constraint "a conversation has a known priority" check (priority in ('normal', 'high', 'urgent')),
  constraint "ai_mode is ON or OFF" check (ai_mode in ('ON', 'OFF')),
  constraint "unread messages are counted from 0" check (unread_count >= 0),
  constraint "conversation texts are bounded" check (
    char_length(external_conversation_id) between 1 and 255
    and char_length(customer_identifier) between 1 and 255
    and char_length(customer_name) <= 255
    and char_length(customer_avatar_url) <= 2048
  ),
  constraint "conversation tags are bounded" check (
    cardinality(tags) <= 50 and pg_column_size(tags) <= 8192
  ),
  constraint "conversation metadata is a small object" check (
    jsonb_typeof(metadata) = 'object' and pg_column_size(metadata) <= 65536
  )
) with (fillfactor = 80);
create index conversations_user_id_idx
  on social.conversations (user_id, last_message_at desc, id desc);
create index conversations_social_account_id_idx
  on social.conversations (social_account_id, last_message_at desc);
create index conversations_customer_identifier_idx
  on social.conversations (social_account_id, customer_identifier);
create index conversations_assigned_to_idx on social.conversations (assigned_to)
  where assigned_to is not null;
comment on table social.conversations is 'A thread of messages with one customer on one account.';
comment on column social.conversations.user_id is 'The account''s user, whatever the caller sends.';
comment on column social.conversations.ai_mode is 'ON or OFF; an escalation turns it OFF.';
comment on column social.conversations.unread_count is
  'Inbound messages that are not read, kept by trigger. Writing 0 marks them read; other values are ignored.';
comment on column social.conversations.last_message_at is
  'When the newest message was made, kept by trigger; what is written is ignored.';

create table social.conversation_messages (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references public.profiles (id),
  conversation_id uuid not null references social.conversations (id) on delete cascade,
  external_message_id text unique,
  direction text not null,
  content text not null default '',
  message_type text not null default 'text',
  media_type text,
  sender_id text,
  sender_name text,
  sender_avatar_url text,
  is_from_agent boolean not null default false,
  agent_id uuid references public.profiles (id),
  reply_to_message_id uuid references social.conversation_messages (id) on delete set null,
  status text not null default 'sent',
  storage_object_name text,
  metadata jsonb not null default '{}'::jsonb,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint "a message has a known direction" check (direction in ('inbound', 'outbound')),
  constraint "a message has a known type" check (message_type in ('text', 'image', 'video', 'audio')),
  constraint "a message has a known status" check (status in ('sent', 'delivered', 'read', 'failed')),
  constraint "message texts are bounded" check (
    char_length(external_message_id) between 1 and 512
    and char_length(content) <= 20000
    and char_length(media_type) <= 100
    and char_length(sender_id) <= 255
    and char_length(sender_name) <= 255
    and char_length(sender_avatar_url) <= 2048
    and char_length(storage_object_name) <= 1024
  ),
  constraint "message metadata is a small object" check (
    jsonb_typeof(metadata) = 'object' and pg_column_size(metadata) <= 65536
  )
);
create index conversation_messages_conversation_id_idx
  on social.conversation_messages (conversation_id, created_at desc, id desc);
create index conversation_messages_user_id_idx
  on social.conversation_messages (user_id, created_at desc);
create index conversation_messages_unread_idx on social.conversation_messages (conversation_id)
  where direction = 'inbound' and status <> 'read';
create index conversation_messages_agent_id_idx on social.conversation_messages (agent_id)
  where agent_id is not null;
create index conversation_messages_reply_to_message_id_idx
  on social.conversation_messages (reply_to_message_id)
  where reply_to_message_id is not null;
comment on table social.conversation_messages is
  'Messages of conversations. Inbound ones come from webhooks alone; the account''s user sends outbound ones by inserting.';
comment on column social.conversation_messages.user_id is 'The conversation''s user, whatever the caller sends.';
comment on column social.conversation_messages.status is
  'sent, delivered, read or failed. An inbound message that is not read counts in unread_count.';
comment on column social.conversation_messages.storage_object_name is
  'A media file in storage; a user names files of their own folder alone.';

create table social.ai_decisions (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references public.profiles (id),
  message_id uuid,
  decision text not null,
  confidence numeric(4, 3) not null,
  reason text,
  matched_rule text,
  message_text text,
  snapshot_json jsonb,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint "a decision is a known one" check (decision in ('respond', 'ignore', 'escalate')),
  constraint "a decision's confidence is 0 to 1" check (confidence between 0 and 1),
  constraint "decision texts are bounded" check (
    char_length(reason) <= 5000
    and char_length(matched_rule) <= 1000
    and char_length(message_text) <= 500
    and pg_column_size(snapshot_json) <= 262144
  )
);
create index ai_decisions_user_id_idx on social.ai_decisions (user_id, created_at desc);
create index ai_decisions_message_id_idx on social.ai_decisions (message_id)
  where message_id is not null;
comment on table social.ai_decisions is 'What the AI decided about a message or a comment, and why.';
comment on column social.ai_decisions.message_id is
  'A conversation message or a comment; no foreign key, since it may be either.';
comment on column social.ai_decisions.confidence is '0.000 to 1.000.';
comment on column social.ai_decisions.message_text is 'The original message, cut at 500 characters by trigger.';

create table social.support_escalations (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references public.profiles (id),
  conversation_id uuid not null references social.conversations (id) on delete cascade,
  message text not null,
  confidence double precision,
  reason text not null,
  notified boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint "an escalation has a known reason" check (
    reason in ('urgent_request', 'human_requested', 'legal_matter', 'ai_limitation', 'complex_issue')
  ),
  constraint "an escalation's confidence is 0 to 1" check (confidence between 0 and 1),
  constraint "an escalation's message is bounded" check (char_length(message) <= 20000)
);
create index support_escalations_user_id_idx
  on social.support_escalations (user_id, notified, created_at desc);
create index support_escalations_conversation_id_idx
  on social.support_escalations (conversation_id);
-- What the notifier looks for, over all users.
create index support_escalations_created_at_idx on social.support_escalations (created_at)
  where not notified;
comment on table social.support_escalations is
  'Conversations that need a person; inserting one turns the conversation''s ai_mode OFF.';
comment on column social.support_escalations.user_id is 'The conversation''s user, whatever the caller sends.';
comment on column social.support_escalations.notified is 'Whether its email was sent.';

alter table social.conversations enable row level security;
alter table social.conversation_messages enable row level security;
alter table social.ai_decisions enable row level security;
alter table social.support_escalations enable row level security;
