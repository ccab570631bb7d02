-- Users of social are public.profiles, which are never deleted: who leaves is
-- anonymised, and their rows go through private.social_retire_accounts.
create table social.ai_settings (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null unique references public.profiles (id),
  ai_model text not null default 'anthropic/claude-3.5-haiku',
  temperature numeric(3, 2) not null default 0.20,
  top_p numeric(3, 2) not null default 1.00,
  lang text not null default 'en',
  tone text not null default 'friendly',
  system_prompt text not null default '',
  ai_control_enabled boolean not null default true,
  ai_enabled_for_chats boolean not null default true,
  ai_enabled_for_comments boolean not null default true,
  flagged_keywords text[] not null default '{}',
  flagged_phrases text[] not null default '{}',
  instructions text,
  ignore_examples text[] not null default '{}',
  doc_lang text[] not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint "a temperature is 0 to 2" check (temperature between 0 and 2),
  constraint "top_p is 0 to 1" check (top_p between 0 and 1),
  constraint "setting texts are bounded" check (
    char_length(ai_model) between 1 and 200
    and char_length(lang) between 1 and 35
    and char_length(tone) between 1 and 100
    and char_length(system_prompt) <= 20000
    and char_length(instructions) <= 20000
  ),
  -- Flat first: to concatenate lists of other shapes would raise.
  constraint "setting lists are flat, bounded and without nulls" check (
    coalesce(array_ndims(flagged_keywords), 1) = 1 and cardinality(flagged_keywords) <= 200
    and coalesce(array_ndims(flagged_phrases), 1) = 1 and cardinality(flagged_phrases) <= 200
    and coalesce(array_ndims(ignore_examples), 1) = 1 and cardinality(ignore_examples) <= 200
    and coalesce(array_ndims(doc_lang), 1) = 1 and cardinality(doc_lang) <= 50
    and pg_column_size(flagged_keywords) <= 65536
    and pg_column_size(flagged_phrases) <= 65536
    and pg_column_size(ignore_examples) <= 262144
    and pg_column_size(doc_lang) <= 8192
    and not (
      to_jsonb(flagged_keywords || flagged_phrases || ignore_examples || doc_lang) @> '[null]'
    )
  )
);
comment on table social.ai_settings is 'How the AI answers for a user; one row a user.';
comment on column social.ai_settings.ai_model is 'An id of OpenRouter, e.g. openai/gpt-4o-mini.';
comment on column social.ai_settings.temperature is '0 to 2.';
comment on column social.ai_settings.top_p is '0 to 1.';

create table social.social_accounts (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references public.profiles (id),
  platform social.social_platform not null,
  account_id text not null,
  username text,
  display_name text,
  profile_url text,
  access_token text,
  refresh_token text,
  token_expires_at timestamptz,
  is_active boolean not null default true,
  verified_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint "an account is connected once a user" unique (user_id, platform, account_id),
  constraint "tokens are not kept here" check (access_token is null and refresh_token is null),
  constraint "account texts are bounded" check (
    char_length(account_id) between 1 and 255
    and char_length(username) <= 255
    and char_length(display_name) <= 255
    and char_length(profile_url) <= 2048
  )
);
-- Who gets a platform's webhook. Not unique: an agency and its client may both
-- have connected one account.
create index social_accounts_account_id_idx on social.social_accounts (platform, account_id)
  where verified_at is not null;
comment on table social.social_accounts is
  'A user''s account on a platform. Deleting it deletes its conversations, posts and comments; is_active = false keeps them.';
comment on column social.social_accounts.access_token is
  'Always null: tokens are encrypted in private, and written by connect_account and set_account_tokens.';
comment on column social.social_accounts.refresh_token is 'Always null, as access_token.';
comment on column social.social_accounts.verified_at is
  'When the service saw the platform confirm that the account is this user''s. Anybody can name an account: only verified ones may be sent its messages.';

-- The tokens of accounts, encrypted under the secret token_key: a copy of the
-- database alone opens no account.
create table private.social_account_tokens (
  account_id uuid primary key references social.social_accounts (id) on delete cascade,
  access_token bytea not null,
  refresh_token bytea,
  updated_at timestamptz not null default now()
);
comment on table private.social_account_tokens is 'OAuth tokens, encrypted with pgp_sym_encrypt.';

alter table social.ai_settings enable row level security;
alter table social.social_accounts enable row level security;
