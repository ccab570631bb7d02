-- Generated from sql/ by `npm run db:build`; change the files there, not this one.

-- sql/setup/extensions.sql

-- Extensions come before the default privileges: revoking execute from public
-- first would leave vector's operators unusable to the API roles.
create schema if not exists extensions;
grant usage on schema extensions to anon, authenticated, service_role;

create extension if not exists vector with schema extensions;
create extension if not exists pgcrypto with schema extensions;
create extension if not exists "uuid-ossp" with schema extensions;
create extension if not exists pg_trgm with schema extensions;

-- pg_cron lives in one database of a server and pg_net is not packaged for
-- Debian: where a stand-in with the same functions is there, it is used.
do $$
begin
  if to_regprocedure('cron.schedule(text, text, text)') is null then
    create extension if not exists pg_cron with schema pg_catalog;
  end if;
  if to_regprocedure('net.http_post(text, jsonb, jsonb, jsonb, integer)') is null then
    create extension if not exists pg_net with schema extensions;
  end if;
end;
$$;

-- sql/setup/privileges.sql

-- Nothing is granted by default: every object names who may use it.
-- Functions: the global form, since execute to public is a global default that
-- a per-schema revoke does not touch.
alter default privileges revoke execute on functions from public;

-- Projects from before 2026-10-30 grant new objects of public to the API roles.
alter default privileges in schema public revoke all on tables from anon, authenticated, service_role;
alter default privileges in schema public revoke all on sequences from anon, authenticated, service_role;
alter default privileges in schema public revoke all on functions from anon, authenticated, service_role;

-- sql/setup/schemas.sql

-- What the API does not name: helpers, security definers, settings. No API role
-- has usage here; wrappers in exposed schemas bind to these functions when they
-- are created and need execute alone.
create schema if not exists private;
revoke all on schema private from public, anon, authenticated, service_role;

grant usage on schema public to anon, authenticated, service_role;
revoke create on schema public from public, anon, authenticated, service_role;

-- sql/setup/settings.sql

create table private.settings (
  key text primary key,
  value text not null,
  updated_at timestamptz not null default now()
);
comment on table private.settings is
  'Settings of this installation, and locally its secrets. On Supabase secrets are in Vault.';

-- sql/setup/functions/check_text.sql

-- Refuses a text of a caller that is missing, blank or longer than p_max characters.
create function private.check_text(p_name text, p_value text, p_max integer)
returns void
language plpgsql
immutable
set search_path = ''
as $$
begin
  if p_value is null or btrim(p_value) = '' then
    raise exception using
      errcode = 'PT400',
      message = 'argument_missing',
      detail = format('%s must not be null or blank.', p_name),
      hint = 'Send a value.';
  end if;
  if char_length(p_value) > p_max then
    raise exception using
      errcode = 'PT400',
      message = 'argument_too_long',
      detail = format('%s has %s characters, at most %s are taken.', p_name, char_length(p_value), p_max),
      hint = 'Send a shorter value.';
  end if;
end;
$$;

-- sql/setup/functions/is_uuid.sql

-- Whether a text is a uuid: a cast would raise on a token of another issuer.
create function private.is_uuid(p_value text)
returns boolean
language sql
immutable
set search_path = ''
as $$
  select p_value ~* '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$';
$$;

-- sql/setup/functions/secret.sql

-- A secret by name: from Vault where there is one, else from private.settings.
-- A missing secret raises: a dispatcher without its secret must not look healthy.
create function private.secret(p_name text)
returns text
language plpgsql
stable
security definer            -- Vault and settings are not the caller's to read
set search_path = ''
as $$
declare
  v_value text;
begin
  if to_regclass('vault.decrypted_secrets') is not null then
    execute format(
      'select s.decrypted_secret from %s as s where s.name = $1',
      to_regclass('vault.decrypted_secrets')
    ) into v_value using p_name;
  end if;
  v_value := coalesce(nullif(v_value, ''), nullif(private.setting(p_name), ''));
  if v_value is null then
    raise exception using
      errcode = 'PT500',
      message = 'secret_missing',
      detail = format('The secret "%s" is neither in Vault nor in private.settings.', p_name),
      hint = 'See docs/deploy.md for the secrets that an installation needs.';
  end if;
  return v_value;
end;
$$;

-- sql/setup/functions/set_setting.sql

create function private.set_setting(p_key text, p_value text)
returns void
language sql
set search_path = ''
as $$
  insert into private.settings as s (key, value)
  values (p_key, p_value)
  on conflict (key) do update
  set value = excluded.value, updated_at = now();
$$;

-- sql/setup/functions/set_updated_at.sql

create function private.set_updated_at()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new.updated_at := now();
  return new;
end;
$$;

-- sql/setup/functions/setting.sql

-- The value of a setting, or the default, or null.
create function private.setting(p_key text, p_default text default null)
returns text
language sql
stable
set search_path = ''
as $$
  select coalesce((select s.value from private.settings as s where s.key = p_key), p_default);
$$;

-- sql/setup/functions/sweep_command.sql

-- The command of a sweep for cron: calls p_each with every id that p_due gives, one
-- a transaction, so that a sweep never holds one row while it waits for another;
-- one that raises is reported and does not stop the rest. It is a do block since a
-- procedure that commits cannot pin its search_path.
create function private.sweep_command(p_due text, p_each text)
returns text
language sql
immutable
set search_path = ''
as $function$
  select format(
    $sweep$do $do$
declare
  v_id uuid;
begin
  for v_id in select * from %1$s loop
    begin
      perform %2$s(v_id);
    exception when others then
      raise warning '%2$s(%%): %% (%%)', v_id, sqlerrm, sqlstate;
    end;
    commit;
  end loop;
end;
$do$
$sweep$,
    p_due, p_each
  );
$function$;

-- sql/platform/identity/tables.sql

create table public.profiles (
  id uuid primary key,
  email text,
  username text not null,
  full_name text,
  first_name text,
  last_name text,
  company text,
  phone text,
  avatar_url text,
  role text not null default 'user',
  is_active boolean not null default true,
  auth0_sub text,
  last_activity_at timestamptz not null default now(),
  deleted_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint "a role is user or admin" check (role in ('user', 'admin')),
  constraint "a username is short" check (char_length(username) between 1 and 63),
  constraint "profile texts are bounded" check (
    char_length(email) <= 320
    and char_length(full_name) <= 200
    and char_length(first_name) <= 100
    and char_length(last_name) <= 100
    and char_length(company) <= 200
    and char_length(phone) <= 50
    and char_length(avatar_url) <= 2048
  )
);

-- Unique by partial indexes: a column of a full one counts as a key, and to change
-- it, as when a user leaves, would wait for every row that refers to the profile.
create unique index profiles_username_idx on public.profiles (username)
  where username is not null;
create unique index profiles_auth0_sub_idx on public.profiles (auth0_sub)
  where auth0_sub is not null;

-- Not unique: the issuers own the uniqueness of their emails, and an Auth0 user
-- and a Supabase user with one email are two users until they say otherwise.
create index profiles_email_idx on public.profiles (lower(email));
create index profiles_created_at_idx on public.profiles (created_at);

comment on table public.profiles is
  'One row a user. No foreign key to auth.users: users of third-party auth have no row there, and the ledger outlives the person.';
comment on column public.profiles.role is 'user or admin. Only the service and admin RPCs write it.';
comment on column public.profiles.is_active is 'A deactivated user reads, but starts no metered work.';
comment on column public.profiles.auth0_sub is 'The sub claim of a token whose sub is not a uuid, e.g. auth0|123.';
comment on column public.profiles.deleted_at is 'When the person left; the row is anonymised and kept for the ledger.';

alter table public.profiles enable row level security;

-- What a product does when a user leaves: a function of the user's id, by name.
create table private.retire_handlers (
  handler text primary key,
  constraint "a retire handler resolves" check (to_regprocedure(handler || '(uuid)') is not null)
);

-- sql/platform/credits/tables.sql

-- Whole credits everywhere. An account is one row, updated by every movement of
-- its user, so it keeps room on its page for HOT updates and carries no index
-- on anything that moves.
create table public.credit_accounts (
  user_id uuid primary key,
  balance integer not null default 0,
  held integer not null default 0,
  debt integer not null default 0,
  total_purchased bigint not null default 0,
  total_used bigint not null default 0,
  plan_credits integer not null default 0,
  next_reset_at timestamptz,
  next_expiry_at timestamptz not null default 'infinity',
  storage_used_mb double precision not null default 0,
  last_seq bigint not null default 0,
  closed_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint "a balance is never negative" check (balance >= 0),
  constraint "held credits are never negative" check (held >= 0),
  constraint "a debt is never negative" check (debt >= 0),
  constraint "who owes has nothing to spend" check (debt = 0 or balance = 0),
  constraint "used storage is never negative" check (storage_used_mb >= 0),
  constraint "a plan allowance is never negative" check (plan_credits >= 0)
) with (fillfactor = 50);

comment on table public.credit_accounts is
  'One row a user, closed and never deleted. Amounts are whole credits. Settled = balance + held; available = balance.';
comment on column public.credit_accounts.balance is 'Spendable now.';
comment on column public.credit_accounts.held is 'In open holds and in lots frozen by a dispute.';
comment on column public.credit_accounts.debt is 'Owed after a reversal took more than was left; grants repay it first.';
comment on column public.credit_accounts.next_expiry_at is 'When the next unfrozen lot with something left expires, or earlier.';
comment on column public.credit_accounts.last_seq is 'The seq of the account''s newest transaction.';

-- What one grant put in. Its key is the seq of the grant's transaction: an
-- account's lots lie together, and no random key is written on the hot path.
create table public.credit_lots (
  user_id uuid not null references public.credit_accounts (user_id),
  seq bigint not null,
  source text not null,
  granted integer not null,
  remaining integer not null,
  held integer not null default 0,
  spent integer not null default 0,
  expired integer not null default 0,
  revoked integer not null default 0,
  priority smallint not null,
  expires_at timestamptz not null default 'infinity',
  frozen_at timestamptz,
  cause_type text,
  cause_id text,
  spendable boolean not null generated always as (remaining > 0 and frozen_at is null) stored,
  created_at timestamptz not null default now(),
  primary key (user_id, seq),
  constraint "a lot adds up" check (granted = remaining + held + spent + expired + revoked),
  constraint "no part of a lot is negative" check (
    granted > 0 and remaining >= 0 and held >= 0 and spent >= 0 and expired >= 0 and revoked >= 0
  )
) with (fillfactor = 70);

-- The predicate is a stored flag, not "remaining > 0": a column of a predicate
-- that changes with every spend would make every spend a non-HOT update.
create index credit_lots_burn_idx on public.credit_lots (user_id, priority, expires_at, seq)
  where spendable;
create index credit_lots_cause_idx on public.credit_lots (cause_type, cause_id)
  where cause_id is not null;
comment on table public.credit_lots is
  'What each grant put in and what became of it. Burn order: priority, then expiry, then age (seq).';
comment on column public.credit_lots.expires_at is 'infinity when it never expires.';
comment on column public.credit_lots.frozen_at is
  'Set while the payment behind it is disputed: nothing draws from it and it does not expire.';

create table public.credit_holds (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references public.credit_accounts (user_id),
  amount integer not null,
  captured integer not null default 0,
  status text not null default 'held',
  lot_seqs bigint[] not null,
  lot_amounts integer[] not null,
  expires_at timestamptz,
  description text,
  metadata jsonb not null default '{}'::jsonb,
  idempotency_key text,
  final_seq bigint,
  created_at timestamptz not null default now(),
  ended_at timestamptz,
  constraint "a hold holds something" check (amount > 0),
  constraint "a hold is captured at most in full" check (captured between 0 and amount),
  constraint "a hold has a known status" check (status in ('held', 'captured', 'released', 'expired')),
  constraint "an ended hold says when" check ((status = 'held') = (ended_at is null))
) with (fillfactor = 70);

create index credit_holds_user_id_idx on public.credit_holds (user_id, created_at desc);
create unique index credit_holds_idempotency_key_idx on public.credit_holds (user_id, idempotency_key)
  where idempotency_key is not null;
create index credit_holds_expires_at_idx on public.credit_holds (expires_at)
  where status = 'held' and expires_at is not null;
comment on table public.credit_holds is
  'Credits set aside for work that is under way. Capturing spends them, releasing gives them back.';
comment on column public.credit_holds.lot_seqs is 'The lots it drew from, in the order taken; lot_amounts has how much.';
comment on column public.credit_holds.expires_at is 'Its own deadline; null when the deadlines of its jobs end it.';
comment on column public.credit_holds.final_seq is 'The seq of the capture that ended it.';

-- Append-only. Keyed by (user_id, seq): one account's history is one range, and
-- a million accounts' inserts do not touch the pages of a random key. id is a
-- random uuid for clients; its uniqueness is that of uuids, no index pays for it.
create table public.credit_transactions (
  user_id uuid not null references public.credit_accounts (user_id),
  seq bigint not null,
  id uuid not null default gen_random_uuid(),
  transaction_type text not null,
  operation text not null,
  amount integer not null,
  balance_before integer not null,
  balance_after integer not null,
  debt_before integer not null,
  debt_after integer not null,
  actor_id uuid,
  hold_id uuid,
  job_id uuid,
  cause_type text,
  cause_id text,
  description text,
  metadata jsonb not null default '{}'::jsonb,
  idempotency_key text,
  expires_at timestamptz,
  created_at timestamptz not null default clock_timestamp(),
  primary key (user_id, seq),
  constraint "a transaction has a known type" check (transaction_type in (
    'purchase', 'usage', 'refund', 'bonus', 'expiration', 'monthly_reset', 'trial_grant',
    'adjustment', 'chargeback'
  )),
  constraint "a transaction moves what it says" check (
    amount = (balance_after - debt_after) - (balance_before - debt_before)
  ),
  constraint "no balance of a transaction is negative" check (
    balance_before >= 0 and balance_after >= 0 and debt_before >= 0 and debt_after >= 0
  )
);

create unique index credit_transactions_idempotency_key_idx
  on public.credit_transactions (user_id, idempotency_key)
  where idempotency_key is not null;
comment on table public.credit_transactions is
  'Every movement of credits, append-only. amount is the change of balance + held - debt; seq has no gap per user.';
comment on column public.credit_transactions.operation is
  'The ledger function that wrote it: grant, spend, capture, reverse, restore, expire or repay.';
comment on column public.credit_transactions.balance_after is 'balance + held after it, never negative.';
comment on column public.credit_transactions.actor_id is 'Who caused it when that is not the user: an admin.';

alter table public.credit_accounts enable row level security;
alter table public.credit_lots enable row level security;
alter table public.credit_holds enable row level security;
alter table public.credit_transactions enable row level security;

create index credit_accounts_next_expiry_at_idx on public.credit_accounts (next_expiry_at)
  where next_expiry_at < 'infinity';

create table private.credit_audits (
  id bigint generated always as identity primary key,
  findings integer not null,
  sample jsonb not null,
  created_at timestamptz not null default now()
);
comment on table private.credit_audits is
  'One row an audit: how many findings private.audit_credits() had, and the first twenty.';

-- sql/platform/jobs/tables.sql

-- The price book. A price is per unit; quote() and the gate round up to whole credits.
create table public.metered_operations (
  operation text not null,
  variant text not null default '',
  description text,
  unit text not null default 'operation',
  credits numeric(12, 4) not null,
  is_active boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (operation, variant),
  constraint "a price is not negative" check (credits >= 0 and credits <= 1000000)
);
comment on table public.metered_operations is
  'The price book: credits per unit of an operation and its variant (a model, a resolution).';
comment on column public.metered_operations.variant is 'Empty for the operation''s only price.';
comment on column public.metered_operations.unit is 'What one quantity is: operation, second, image, call.';

-- How jobs of a type run, and the SQL handlers that their product registers.
-- Handlers are names that must resolve, not regproc: those block upgrades.
create table public.job_types (
  type text primary key,
  description text,
  max_attempts integer not null default 3,
  lease interval not null default '30 seconds',
  backoff interval not null default '5 seconds',
  max_backoff interval not null default '10 minutes',
  deadline interval not null default '1 hour',
  max_running integer,
  max_running_per_user integer not null default 4,
  max_queued_per_user integer not null default 10000,
  subject_table text,
  lock_subject text,
  on_start text,
  on_success text,
  on_failure text,
  on_cancel text,
  is_active boolean not null default true,
  created_at timestamptz not null default now(),
  constraint "a type has bounds" check (
    max_attempts between 1 and 100
    and max_running > 0
    and max_running_per_user between 1 and 10000
    and max_queued_per_user > 0
    and lease between interval '1 second' and interval '1 hour'
    and backoff > interval '0' and max_backoff >= backoff and deadline > interval '0'
  ),
  constraint "lock_subject resolves" check (
    lock_subject is null or to_regprocedure(lock_subject || '(public.jobs[])') is not null
  ),
  constraint "on_start resolves" check (
    on_start is null or to_regprocedure(on_start || '(public.jobs)') is not null
  ),
  constraint "on_success resolves" check (
    on_success is null or to_regprocedure(on_success || '(public.jobs)') is not null
  ),
  constraint "on_failure resolves" check (
    on_failure is null or to_regprocedure(on_failure || '(public.jobs)') is not null
  ),
  constraint "on_cancel resolves" check (
    on_cancel is null or to_regprocedure(on_cancel || '(public.jobs)') is not null
  )
);
comment on table public.job_types is
  'A row a type of job: attempts, lease, backoff, deadline, caps, and the SQL handlers (on_…: each takes one public.jobs, returns void).';
comment on column public.job_types.max_running is 'Cap over all users; a type with one has its claims serialised.';
comment on column public.job_types.lock_subject is
  'Takes public.jobs[] and locks the product''s rows of all of them, parents before children, each in order of id, before the jobs are locked.';

create table public.jobs (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references public.profiles (id),
  type text not null references public.job_types (type),
  subject_id uuid,
  payload jsonb not null default '{}'::jsonb,
  status text not null default 'queued',
  priority smallint not null default 0,
  run_at timestamptz not null default now(),
  attempts integer not null default 0,
  max_attempts integer not null default 3,
  lock_token uuid,
  worker text,
  lease_expires_at timestamptz,
  due_at timestamptz,
  progress smallint not null default 0,
  state jsonb,
  result jsonb,
  error text,
  price integer not null default 0,
  hold_id uuid references public.credit_holds (id),
  handler_attempts smallint not null default 0,
  deadline timestamptz not null,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz,
  constraint "a job has a known status" check (
    status in ('queued', 'processing', 'waiting', 'completed', 'failed', 'cancelled')
  ),
  constraint "progress is a percentage" check (progress between 0 and 100),
  constraint "a running job has a lease" check (
    (status = 'processing') = (lock_token is not null and lease_expires_at is not null)
  ),
  constraint "an ended job says when" check (
    (status in ('completed', 'failed', 'cancelled')) = (finished_at is not null)
  ),
  constraint "an open job is due some time" check ((finished_at is null) = (due_at is not null)),
  constraint "a price is whole credits" check (price >= 0)
) with (fillfactor = 70);

-- The ready index holds queued jobs alone, so it stays as small as the queue is.
create index jobs_ready_idx on public.jobs (type, user_id, priority, run_at, id)
  where status = 'queued';
create index jobs_waiting_idx on public.jobs (type, run_at)
  where status = 'waiting';
-- One index for all that a sweep looks for: leases, deadlines, failed handlers.
create index jobs_due_at_idx on public.jobs (due_at)
  where due_at is not null;
create index jobs_user_id_idx on public.jobs (user_id, created_at desc);
create index jobs_subject_id_idx on public.jobs (subject_id)
  where subject_id is not null;
create index jobs_hold_id_idx on public.jobs (hold_id)
  where hold_id is not null;
comment on table public.jobs is
  'Work that is asked for, under way or done. Request, price, hold and job begin in one transaction and end in one.';
comment on column public.jobs.status is
  'queued, processing (a worker has the lease), waiting (a provider works on it), completed, failed, cancelled.';
comment on column public.jobs.lock_token is
  'The fencing token of the current claim: a worker that lost its lease has an old one and changes nothing.';
comment on column public.jobs.due_at is 'When a sweep must look: lease, deadline or handler retry, whichever is first.';
comment on column public.jobs.progress is 'Percent, 0 to 100.';
comment on column public.jobs.price is 'Credits that success captures from the hold.';
comment on column public.jobs.error is 'Why it failed, in words for its user.';

create table public.job_attempts (
  job_id uuid not null references public.jobs (id) on delete cascade,
  attempt integer not null,
  user_id uuid not null,
  worker text,
  outcome text not null,
  error text,
  started_at timestamptz,
  finished_at timestamptz not null default clock_timestamp(),
  primary key (job_id, attempt),
  constraint "an attempt has a known outcome" check (
    outcome in ('completed', 'failed', 'lease_expired', 'deadline_passed', 'cancelled')
  )
);
create index job_attempts_user_id_idx on public.job_attempts (user_id);
comment on table public.job_attempts is 'How each attempt of each job ended.';

-- A row per type and user: what waits and what runs. Claims read lanes, not the
-- queue, so their cost does not grow with it; caps are exact because a claim locks
-- the lane. low_* is where the lane's queue starts: everything before it is gone,
-- so a claim does not walk over dead index entries that a long snapshot keeps.
create table private.job_lanes (
  type text not null,
  user_id uuid not null,
  queued integer not null default 0,
  running integer not null default 0,
  next_at timestamptz not null default 'infinity',
  low_priority smallint not null default 0,
  low_run_at timestamptz not null default '-infinity',
  ready boolean not null generated always as (queued > 0) stored,
  primary key (type, user_id),
  constraint "a lane never counts below zero" check (queued >= 0 and running >= 0)
) with (fillfactor = 50);
create index job_lanes_ready_idx on private.job_lanes (type, running, next_at)
  where ready;

-- A provider's id for work it does for us, and its callback, whichever came first.
create table private.provider_tasks (
  provider text not null,
  external_id text not null,
  job_id uuid references public.jobs (id) on delete cascade,
  callback jsonb,
  called_back_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (provider, external_id)
);
create index provider_tasks_job_id_idx on private.provider_tasks (job_id);

-- What a handler raised: for operators. The job's own error is words for its user.
create table private.handler_errors (
  id bigint generated always as identity primary key,
  job_id uuid not null references public.jobs (id) on delete cascade,
  error text not null,
  created_at timestamptz not null default clock_timestamp()
);
create index handler_errors_job_id_idx on private.handler_errors (job_id);

-- One row: when the worker was last rung. Skip locked on it, so that enqueues
-- never wait for one another.
create table private.doorbell (
  id boolean primary key default true,
  rung_at timestamptz not null default '-infinity',
  constraint "there is one doorbell" check (id)
) with (fillfactor = 20);
insert into private.doorbell default values;

-- What a product's gate hands to private.request_jobs.
create type private.job_request as (
  user_id uuid,
  type text,
  subject_id uuid,
  payload jsonb,
  operation text,
  variant text,
  quantity numeric
);

alter table public.metered_operations enable row level security;
alter table public.job_types enable row level security;
alter table public.jobs enable row level security;
alter table public.job_attempts enable row level security;

-- sql/platform/ai/tables.sql

-- What a provider charges us, by date: the newest effective price counts.
create table public.api_costs (
  id uuid primary key default gen_random_uuid(),
  api_provider text not null,
  operation_type text not null,
  cost_per_operation numeric(10, 4) not null,
  currency text not null default 'USD',
  effective_date date not null,
  is_active boolean not null default true,
  created_at timestamptz not null default now(),
  constraint "a cost has one price a day" unique (api_provider, operation_type, effective_date),
  constraint "a cost is not negative" check (cost_per_operation >= 0)
);
comment on table public.api_costs is
  'What a provider charges per operation, in currency units, from effective_date on.';

create table public.api_usage_logs (
  id uuid primary key default gen_random_uuid(),
  user_id uuid references public.profiles (id),
  job_id uuid references public.jobs (id) on delete set null,
  api_provider text not null,
  operation_type text not null,
  request_data jsonb,
  response_data jsonb,
  status_code integer,
  response_time numeric(10, 2),
  cost numeric(10, 4),
  error_message text,
  created_at timestamptz not null default now()
);
create index api_usage_logs_user_id_idx on public.api_usage_logs (user_id, created_at desc);
create index api_usage_logs_api_provider_idx on public.api_usage_logs (api_provider, created_at desc);
create index api_usage_logs_job_id_idx on public.api_usage_logs (job_id);
comment on table public.api_usage_logs is
  'Every call to a provider, without secrets and personal data. response_time is in seconds, cost in the currency of api_costs.';

alter table public.api_costs enable row level security;
alter table public.api_usage_logs enable row level security;

-- sql/platform/billing/tables.sql

-- Amounts of money are in minor units (cents) with an ISO 4217 currency in lower case.
create table public.credit_packages (
  id uuid primary key default gen_random_uuid(),
  code text not null unique,
  name text not null,
  description text,
  credits integer not null,
  unit_amount integer not null,
  currency text not null default 'usd',
  stripe_price_id text unique,
  expires_after interval,
  is_active boolean not null default true,
  sort_order integer not null default 0,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint "a package has credits" check (credits between 1 and 1000000000),
  constraint "a package has a price" check (unit_amount >= 0),
  constraint "a currency has three letters" check (currency ~ '^[a-z]{3}$')
);
comment on table public.credit_packages is 'Credits sold once. unit_amount is in minor units of currency.';
comment on column public.credit_packages.expires_after is 'Null: the bought credits never expire.';

create table public.customers (
  user_id uuid primary key references public.profiles (id),
  stripe_customer_id text unique,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
comment on table public.customers is 'A user''s id at each payment provider.';

-- What a user was offered, as it was then: the webhook grants what is written here.
create table public.checkouts (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references public.profiles (id),
  package_id uuid not null references public.credit_packages (id),
  idempotency_key text not null,
  source text not null default 'stripe',
  external_id text,
  url text,
  credits integer not null,
  unit_amount integer not null,
  currency text not null,
  expires_after interval,
  status text not null default 'open',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint "a checkout key is used once by a user" unique (user_id, idempotency_key),
  constraint "an external checkout is ours once" unique (source, external_id),
  constraint "a checkout has a known status" check (status in ('open', 'paid', 'failed', 'expired'))
);
create index checkouts_package_id_idx on public.checkouts (package_id);
create index checkouts_user_id_idx on public.checkouts (user_id, created_at desc);
comment on table public.checkouts is
  'A purchase that was begun, with the offer''s credits and price as they were then.';

-- One row a payment, keyed by the provider's payment: the fact that grants once,
-- under whatever event it arrives.
create table public.payments (
  source text not null,
  external_id text not null,
  user_id uuid not null references public.profiles (id),
  checkout_id uuid references public.checkouts (id),
  amount integer not null,
  currency text not null,
  credits integer not null,
  lot_seq bigint,
  created_at timestamptz not null default now(),
  primary key (source, external_id)
);
create index payments_user_id_idx on public.payments (user_id, created_at desc);
-- A checkout is paid once.
create unique index payments_checkout_id_idx on public.payments (checkout_id);
comment on table public.payments is 'A payment that was made and the credits it granted. amount is in minor units.';
comment on column public.payments.lot_seq is 'The seq of the user''s lot that it granted, set in the same transaction.';

-- The inbox: every event of every sender, stored once, applied once.
create table public.webhook_events (
  id uuid primary key default gen_random_uuid(),
  source text not null,
  external_id text not null,
  event_type text not null,
  payload jsonb not null,
  status text not null default 'received',
  error text,
  attempts integer not null default 0,
  next_attempt_at timestamptz,
  received_at timestamptz not null default now(),
  processed_at timestamptz,
  constraint "an event is stored once" unique (source, external_id),
  constraint "an event comes from a known sender" check (source in ('stripe', 'whop')),
  constraint "an event has a known status" check (
    status in ('received', 'applied', 'ignored', 'waiting', 'failed')
  )
);
create index webhook_events_next_attempt_at_idx on public.webhook_events (next_attempt_at)
  where next_attempt_at is not null;
comment on table public.webhook_events is 'The inbox of all webhooks, with what became of each event.';
comment on column public.webhook_events.status is
  'applied; ignored: of a type without effect; waiting: about something not yet known; failed: see error, retried by cron.';

alter table public.credit_packages enable row level security;
alter table public.customers enable row level security;
alter table public.checkouts enable row level security;
alter table public.payments enable row level security;
alter table public.webhook_events enable row level security;

-- sql/platform/identity/functions/create_profile.sql

-- Makes a user's profile, credit account and sign-up credits, once: repeating
-- returns the profile as it is.
create function private.create_profile(
  p_user_id uuid,
  p_email text,
  p_metadata jsonb default '{}'::jsonb,
  p_auth0_sub text default null
)
returns public.profiles
language plpgsql
security definer            -- called by sign-up, before the user has any rights
set search_path = ''
as $$
declare
  v_profile public.profiles;
  v_metadata jsonb := coalesce(p_metadata, '{}'::jsonb);
  v_wish text := coalesce(
    nullif(btrim(v_metadata ->> 'username'), ''),
    split_part(coalesce(p_email, ''), '@', 1)
  );
  v_credits integer := private.setting('signup_credits', '100')::integer;
begin
  -- Bounded: a collision of random suffixes needs the same ten hex digits.
  for i in 1 .. 5 loop
    begin
      insert into public.profiles (
        id, email, username, full_name, first_name, last_name, avatar_url, auth0_sub
      )
      values (
        p_user_id,
        left(p_email, 320),
        private.free_username(v_wish),
        left(v_metadata ->> 'full_name', 200),
        left(v_metadata ->> 'first_name', 100),
        left(v_metadata ->> 'last_name', 100),
        left(v_metadata ->> 'avatar_url', 2048),
        p_auth0_sub
      )
      on conflict (id) do nothing;
      exit;
    exception when unique_violation then
      -- Another sign-up took the username, or a second request of the same
      -- third-party user made the profile: the first is retried, the second is done.
      if p_auth0_sub is not null then
        select * into v_profile from public.profiles as p where p.auth0_sub = p_auth0_sub;
        if found then
          return v_profile;
        end if;
      end if;
      if i = 5 then
        raise;
      end if;
    end;
  end loop;

  insert into public.credit_accounts (user_id)
  values (p_user_id)
  on conflict (user_id) do nothing;

  if v_credits > 0 then
    perform private.grant_credits(
      p_user_id, v_credits, 'trial_grant',
      p_description => 'Sign-up credits',
      p_idempotency_key => 'signup'
    );
  end if;

  select * into v_profile from public.profiles as p where p.id = p_user_id;
  return v_profile;
end;
$$;

-- sql/platform/identity/functions/ensure_profile.sql

-- For a verified token of another issuer (Auth0): makes the profile that the
-- auth.users trigger makes for Supabase's own users. A new user gets a new id.
create function private.ensure_profile()
returns public.profiles
language plpgsql
security definer            -- the caller has no profile yet, so no rights either
set search_path = ''
as $$
declare
  v_sub text := private.jwt_sub();
  v_claims jsonb := coalesce(nullif(current_setting('request.jwt.claims', true), '')::jsonb, '{}'::jsonb);
  v_user_id uuid := private.user_id();
  v_profile public.profiles;
begin
  if v_sub is null then
    return private.require_profile();
  end if;
  select * into v_profile from public.profiles as p where p.id = v_user_id;
  if found then
    return v_profile;
  end if;
  if private.is_uuid(v_sub) then
    return private.create_profile(v_sub::uuid, v_claims ->> 'email', v_claims -> 'user_metadata');
  end if;
  perform private.check_text('sub', v_sub, 255);
  return private.create_profile(
    gen_random_uuid(),
    -- An address that its issuer has not verified could be anybody's.
    case when v_claims ->> 'email_verified' = 'true' then v_claims ->> 'email' end,
    jsonb_build_object(
      'username', v_claims ->> 'nickname',
      'full_name', v_claims ->> 'name',
      'avatar_url', v_claims ->> 'picture'
    ),
    v_sub
  );
end;
$$;
grant execute on function private.ensure_profile() to authenticated;

-- sql/platform/identity/functions/free_username.sql

-- A username near the wished one that nobody has: the wish itself, else with a
-- random suffix. Two sign-ups at once may still be told the same; the insert decides.
create function private.free_username(p_wish text)
returns text
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_base text := left(regexp_replace(coalesce(p_wish, ''), '[^[:alnum:]_.-]', '', 'g'), 40);
begin
  if v_base = '' then
    v_base := 'user';
  end if;
  if not exists (select 1 from public.profiles as p where p.username = v_base) then
    return v_base;
  end if;
  return v_base || '-' || substr(replace(gen_random_uuid()::text, '-', ''), 1, 10);
end;
$$;

-- sql/platform/identity/functions/handle_changed_user.sql

-- A changed and confirmed email in auth follows into the profile.
create function private.handle_changed_user()
returns trigger
language plpgsql
security definer            -- the auth server's role updates; it owns nothing here
set search_path = ''
as $$
begin
  update public.profiles as p
  set email = left(new.email, 320)
  where p.id = new.id and p.deleted_at is null;
  return new;
end;
$$;

-- sql/platform/identity/functions/handle_deleted_user.sql

-- The person leaves: open jobs end, holds return, the profile is anonymised and
-- the account closed. The ledger's numbers stay for the books.
create function private.handle_deleted_user()
returns trigger
language plpgsql
security definer            -- the auth server's role deletes; it owns nothing here
set search_path = ''
as $$
begin
  perform private.retire_user(old.id);
  return old;
end;
$$;

-- sql/platform/identity/functions/handle_new_user.sql

create function private.handle_new_user()
returns trigger
language plpgsql
security definer            -- the auth server's role inserts; it owns nothing here
set search_path = ''
as $$
begin
  perform private.create_profile(new.id, new.email, to_jsonb(new) -> 'raw_user_meta_data');
  return new;
end;
$$;

-- sql/platform/identity/functions/is_admin.sql

-- Whether the caller is an active admin. No policy reads its own table for this.
create function private.is_admin()
returns boolean
language plpgsql
stable
security definer            -- policies of profiles would recurse
set search_path = ''
as $$
begin
  return exists (
    select 1
    from public.profiles as p
    where p.id = private.user_id() and p.role = 'admin' and p.is_active
  );
end;
$$;
grant execute on function private.is_admin() to anon, authenticated, service_role;

-- sql/platform/identity/functions/jwt_sub.sql

-- The sub of the verified token of this request, or null. Both forms of the
-- setting are read: older gateways set request.jwt.claim.sub.
create function private.jwt_sub()
returns text
language sql
stable
set search_path = ''
as $$
  select coalesce(
    nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub',
    nullif(current_setting('request.jwt.claim.sub', true), '')
  );
$$;

-- sql/platform/identity/functions/require_active.sql

-- Refuses metered work of a user who is unknown, deactivated or gone. The profile
-- stays share-locked until the request commits: who leaves meanwhile waits for it,
-- and takes its job along.
create function private.require_active(p_user_id uuid)
returns void
language plpgsql
security definer            -- the gate asks about the user of the request row
set search_path = ''
as $$
declare
  v_profile public.profiles := private.require_present(p_user_id);
begin
  if not v_profile.is_active then
    raise exception using
      errcode = 'PT403',
      message = 'account_suspended',
      detail = 'The account is deactivated: it can read, but not start work.',
      hint = 'Ask an administrator.';
  end if;
end;
$$;

-- sql/platform/identity/functions/require_present.sql

-- The share-locked profile of a user who is here to stay for this transaction, or
-- PT403 profile_missing. Locked before any row of a product, as everywhere.
create function private.require_present(p_user_id uuid)
returns public.profiles
language plpgsql
security definer            -- the gate asks about the user of the request row
set search_path = ''
as $$
declare
  v_profile public.profiles;
begin
  select * into v_profile
  from public.profiles as p
  where p.id = p_user_id and p.deleted_at is null
  for share;
  if not found then
    raise exception using
      errcode = 'PT403',
      message = 'profile_missing',
      detail = 'The user of this request has no profile.',
      hint = 'Call ensure_profile() once after signing in.';
  end if;
  return v_profile;
end;
$$;

-- sql/platform/identity/functions/require_profile.sql

-- The caller's profile, or PT403: not_signed_in, profile_missing.
create function private.require_profile()
returns public.profiles
language plpgsql
stable
security definer            -- reads the caller's own row whatever the policies say
set search_path = ''
as $$
declare
  v_user_id uuid := private.require_user_id();
  v_profile public.profiles;
begin
  select * into v_profile from public.profiles as p where p.id = v_user_id;
  if not found then
    raise exception using
      errcode = 'PT403',
      message = 'profile_missing',
      detail = 'The signed-in user has no profile.',
      hint = 'Call ensure_profile() once after signing in.';
  end if;
  return v_profile;
end;
$$;

-- sql/platform/identity/functions/require_user_id.sql

-- The caller, or PT403 not_signed_in.
create function private.require_user_id()
returns uuid
language plpgsql
stable
set search_path = ''
as $$
declare
  v_user_id uuid := private.user_id();
begin
  if v_user_id is null then
    raise exception using
      errcode = 'PT403',
      message = 'not_signed_in',
      detail = 'The request carries no token of a known user.',
      hint = 'Sign in, or call ensure_profile() first with a token of another issuer.';
  end if;
  return v_user_id;
end;
$$;

-- sql/platform/identity/functions/retire_user.sql

-- Ends everything open of a user and removes what is personal. Products first, by
-- the handlers they registered, since product rows lock before jobs; then what jobs
-- are left, then the account. Repeating it changes nothing.
create function private.retire_user(p_user_id uuid)
returns void
language plpgsql
security definer            -- jobs, holds and profiles of somebody else than the caller
set search_path = ''
as $$
declare
  v_is_first boolean;
  v_handler text;
begin
  select p.deleted_at is null into v_is_first from public.profiles as p where p.id = p_user_id;

  -- First of all, so that requests under way commit before, and later ones are refused.
  update public.profiles as p
  set is_active = false, deleted_at = coalesce(p.deleted_at, now())
  where p.id = p_user_id;

  for v_handler in select h.handler from private.retire_handlers as h order by h.handler loop
    execute format('select %s($1)', to_regprocedure(v_handler || '(uuid)')::oid::regproc)
      using p_user_id;
  end loop;

  perform private.cancel_jobs(
    array(
      select j.id
      from public.jobs as j
      where j.user_id = p_user_id and j.finished_at is null and j.type <> 'storage.remove_files'
    ),
    'The account was closed.'
  );
  perform private.remove_all_files(p_user_id);
  perform private.close_account(p_user_id);

  update public.profiles as p
  set
    email = null,
    -- One that nobody can have taken.
    username = case when v_is_first then 'deleted-' || gen_random_uuid() else p.username end,
    full_name = null,
    first_name = null,
    last_name = null,
    company = null,
    phone = null,
    avatar_url = null,
    auth0_sub = null,
    role = 'user'
  where p.id = p_user_id;
end;
$$;

-- sql/platform/identity/functions/user_id.sql

-- The caller: the token's sub when it is a uuid, else the profile with that
-- auth0_sub. Never auth.uid(), which casts and fails on auth0|….
create function private.user_id()
returns uuid
language plpgsql
stable
security definer            -- policies of profiles would recurse
set search_path = ''
as $$
declare
  v_sub text := private.jwt_sub();
begin
  if v_sub is null then
    return null;
  end if;
  if private.is_uuid(v_sub) then
    return v_sub::uuid;
  end if;
  return (select p.id from public.profiles as p where p.auth0_sub = v_sub);
end;
$$;
grant execute on function private.user_id() to anon, authenticated, service_role;

-- sql/platform/identity/functions/visible_from.sql

-- The least user id whose rows the caller may read: their own, or the least there is
-- for an admin. With visible_to() it makes "own rows, admins all" a range, which an
-- index serves; "or is_admin()" would hide the index from everybody.
create function private.visible_from()
returns uuid
language plpgsql
stable
security definer            -- asks for the caller's role
set search_path = ''
as $$
begin
  if private.is_admin() then
    return '00000000-0000-0000-0000-000000000000'::uuid;
  end if;
  return private.user_id();
end;
$$;
grant execute on function private.visible_from() to anon, authenticated, service_role;

-- sql/platform/identity/functions/visible_to.sql

-- The greatest user id whose rows the caller may read: see visible_from().
create function private.visible_to()
returns uuid
language plpgsql
stable
security definer            -- asks for the caller's role
set search_path = ''
as $$
begin
  if private.is_admin() then
    return 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid;
  end if;
  return private.user_id();
end;
$$;
grant execute on function private.visible_to() to anon, authenticated, service_role;

-- sql/platform/identity/functions/whoami.sql

create function private.whoami()
returns jsonb
language plpgsql
stable
security definer            -- reads the caller's own row whatever the policies say
set search_path = ''
as $$
declare
  v_profile public.profiles := private.require_profile();
begin
  return jsonb_build_object(
    'user_id', v_profile.id,
    'role', v_profile.role,
    'is_active', v_profile.is_active,
    'email', v_profile.email
  );
end;
$$;
grant execute on function private.whoami() to authenticated;

-- sql/platform/credits/functions/audit_credits.sql

-- The accounts whose books do not add up, and how. An empty answer is a sound
-- ledger. Null checks every account.
create function private.audit_credits(p_user_id uuid default null)
returns table (user_id uuid, problem text, expected bigint, actual bigint)
language sql
stable
security definer            -- reads every account
set search_path = ''
as $$
  with account as (
    select a.* from public.credit_accounts as a where p_user_id is null or a.user_id = p_user_id
  ),
  lot as (
    select
      l.user_id,
      sum(l.remaining) filter (where l.frozen_at is null) as free,
      sum(l.remaining) filter (where l.frozen_at is not null) as frozen,
      sum(l.held) as held
    from public.credit_lots as l
    where p_user_id is null or l.user_id = p_user_id
    group by l.user_id
  ),
  hold as (
    select h.user_id, sum(h.amount - h.captured) as open
    from public.credit_holds as h
    where h.status = 'held' and (p_user_id is null or h.user_id = p_user_id)
    group by h.user_id
  ),
  link as (
    select
      t.*,
      lag(t.seq, 1, 0::bigint) over chain as previous_seq,
      lag(t.balance_after, 1, 0) over chain as previous_balance,
      lag(t.debt_after, 1, 0) over chain as previous_debt
    from public.credit_transactions as t
    where p_user_id is null or t.user_id = p_user_id
    window chain as (partition by t.user_id order by t.seq)
  ),
  book as (
    select
      k.user_id,
      sum(k.amount) as total,
      max(k.seq) as last_seq,
      count(*) filter (where k.seq <> k.previous_seq + 1) as gaps,
      count(*) filter (
        where k.balance_before <> k.previous_balance or k.debt_before <> k.previous_debt
      ) as breaks
    from link as k
    group by k.user_id
  ),
  finding as (
    select a.user_id, 'balance is not the sum of its lots' as problem,
      coalesce(l.free, 0) as expected, a.balance::bigint as actual
    from account as a left join lot as l on l.user_id = a.user_id
    union all
    select a.user_id, 'held is not the sum of open holds and frozen lots',
      coalesce(h.open, 0) + coalesce(l.frozen, 0), a.held::bigint
    from account as a
    left join lot as l on l.user_id = a.user_id
    left join hold as h on h.user_id = a.user_id
    union all
    select a.user_id, 'lots hold other than open holds do', coalesce(h.open, 0), coalesce(l.held, 0)
    from account as a
    left join lot as l on l.user_id = a.user_id
    left join hold as h on h.user_id = a.user_id
    union all
    select a.user_id, 'transactions do not sum to balance + held - debt',
      coalesce(b.total, 0), a.balance::bigint + a.held - a.debt
    from account as a left join book as b on b.user_id = a.user_id
    union all
    select a.user_id, 'the last seq is another', coalesce(b.last_seq, 0), a.last_seq
    from account as a left join book as b on b.user_id = a.user_id
    union all
    select l.user_id, 'a lot granted other than its transaction', coalesce(t.amount, 0), l.granted::bigint
    from public.credit_lots as l
    left join public.credit_transactions as t
      on t.user_id = l.user_id and t.seq = l.seq and t.operation = 'grant'
    where p_user_id is null or l.user_id = p_user_id
    union all
    select b.user_id, 'seq has gaps', 0, b.gaps from book as b
    union all
    select b.user_id, 'balances do not chain', 0, b.breaks from book as b
    union all
    select h.user_id, 'an open hold is bound only to ended jobs', 0, count(*)
    from public.credit_holds as h
    where h.status = 'held' and h.expires_at is null
      and (p_user_id is null or h.user_id = p_user_id)
      and not exists (
        select 1 from public.jobs as j where j.hold_id = h.id and j.finished_at is null
      )
    group by h.user_id
  )
  select f.user_id, f.problem, f.expected, f.actual
  from finding as f
  where f.expected <> f.actual;
$$;

-- sql/platform/credits/functions/capture_hold.sql

-- Spends held credits. Null amount: all that is left. Final (the default) gives
-- the rest back; not final keeps the rest held, needs a key, and may be repeated
-- with other keys, so that an envelope is captured shot by shot.
create function private.capture_hold(
  p_hold_id uuid,
  p_amount integer default null,
  p_final boolean default true,
  p_idempotency_key text default null,
  p_now timestamptz default now()
)
returns public.credit_transactions
language plpgsql
security definer            -- the account row is not the caller's to write
set search_path = ''
as $$
declare
  v_hold public.credit_holds;
  v_row public.credit_transactions;
  v_left integer;
  v_amount integer;
begin
  if p_final is null then
    raise exception using
      errcode = 'PT400', message = 'argument_missing',
      detail = 'p_final must not be null.', hint = 'Send true or false.';
  end if;
  if not p_final and p_idempotency_key is null then
    raise exception using
      errcode = 'PT400', message = 'idempotency_key_missing',
      detail = 'A capture that is not final can be repeated, so it needs a key.',
      hint = 'Send a key that names the part captured.';
  end if;
  v_hold := private.lock_hold(p_hold_id, p_now);
  v_left := v_hold.amount - v_hold.captured;
  perform private.check_credit_request(
    v_hold.user_id, coalesce(p_amount, 1), null, null, p_idempotency_key
  );

  if p_idempotency_key is not null then
    select * into v_row
    from public.credit_transactions as t
    where t.user_id = v_hold.user_id and t.idempotency_key = p_idempotency_key;
    v_row := private.find_transaction(
      v_hold.user_id, p_idempotency_key, 'capture',
      -- A repeated "all" means what the first call meant by it.
      coalesce(-p_amount, v_row.amount, -v_left), 'usage', p_hold_id
    );
    if v_row.seq is not null then
      return v_row;
    end if;
  end if;

  if v_hold.status <> 'held' then
    if v_hold.status = 'captured' and p_final and p_idempotency_key is null then
      select * into v_row
      from public.credit_transactions as t
      where t.user_id = v_hold.user_id and t.seq = v_hold.final_seq;
      if (p_amount is null and v_hold.captured = v_hold.amount) or p_amount = -v_row.amount then
        return v_row;
      end if;
    end if;
    raise exception using
      errcode = 'PT409', message = 'hold_already_' || v_hold.status,
      detail = format('The hold %s ended at %s.', p_hold_id, v_hold.ended_at),
      hint = 'A hold ends once.';
  end if;
  if v_hold.expires_at <= p_now then
    -- The sweep gives the credits back; lazy and swept refuse alike.
    raise exception using
      errcode = 'PT409', message = 'hold_already_expired',
      detail = format('The deadline of hold %s was %s.', p_hold_id, v_hold.expires_at),
      hint = 'Hold the credits again.';
  end if;

  v_amount := coalesce(p_amount, v_left);
  if v_amount > v_left then
    raise exception using
      errcode = 'PT400', message = 'capture_exceeds_hold',
      detail = format('Asked for %s, still held %s.', v_amount, v_left),
      hint = 'Capture at most what is held.';
  end if;
  if v_amount = 0 then
    raise exception using
      errcode = 'PT409', message = 'hold_already_captured',
      detail = format('All of hold %s is captured.', p_hold_id),
      hint = 'Release it to end it.';
  end if;

  return private.capture_locked_hold(v_hold, v_amount, p_final, p_idempotency_key, null, p_now);
end;
$$;
grant execute on function private.capture_hold(uuid, integer, boolean, text, timestamptz)
  to service_role;

-- sql/platform/credits/functions/capture_locked_hold.sql

-- Books a capture of a locked, open hold that still has the amount. Final gives the
-- rest back.
create function private.capture_locked_hold(
  p_hold public.credit_holds,
  p_amount integer,
  p_final boolean,
  p_idempotency_key text,
  p_job_id uuid,
  p_now timestamptz
)
returns public.credit_transactions
language plpgsql
set search_path = ''
as $$
declare
  v_hold public.credit_holds;
  v_row public.credit_transactions;
begin
  perform private.consume_held_lots(p_hold, p_amount);
  v_row := private.post_transaction(
    p_hold.user_id, 'usage', 'capture', 0, -p_amount, 0,
    p_hold.description, p_hold.metadata, p_idempotency_key,
    p_hold_id => p_hold.id, p_job_id => p_job_id
  );
  update public.credit_holds as h
  set
    captured = h.captured + p_amount,
    status = case when p_final then 'captured' else h.status end,
    final_seq = case when p_final then v_row.seq end,
    ended_at = case when p_final then p_now end
  where h.id = p_hold.id
  returning * into v_hold;
  if p_final and v_hold.captured < v_hold.amount then
    perform private.return_held_lots(v_hold, p_now);
  end if;
  return v_row;
end;
$$;

-- sql/platform/credits/functions/check_credit_request.sql

-- The checks that every ledger function makes of its arguments before it locks.
create function private.check_credit_request(
  p_user_id uuid,
  p_amount integer,
  p_description text,
  p_metadata jsonb,
  p_idempotency_key text
)
returns void
language plpgsql
immutable
set search_path = ''
as $$
begin
  if p_user_id is null then
    raise exception using
      errcode = 'PT400', message = 'argument_missing',
      detail = 'p_user_id must not be null.', hint = 'Send the user''s id.';
  end if;
  if p_amount is null or p_amount < 1 or p_amount > 1000000000 then
    raise exception using
      errcode = 'PT400', message = 'amount_invalid',
      detail = format('The amount is %s.', coalesce(p_amount::text, 'null')),
      hint = 'Send whole credits from 1 to 1000000000.';
  end if;
  if p_idempotency_key is not null
    and (btrim(p_idempotency_key) = '' or char_length(p_idempotency_key) > 255) then
    raise exception using
      errcode = 'PT400', message = 'idempotency_key_invalid',
      detail = format('The key has %s characters.', char_length(p_idempotency_key)),
      hint = 'Send 1 to 255 characters, or null for none.';
  end if;
  if char_length(p_description) > 1000 then
    raise exception using
      errcode = 'PT400', message = 'argument_too_long',
      detail = format('p_description has %s characters, at most 1000 are taken.', char_length(p_description)),
      hint = 'Send a shorter text.';
  end if;
  if p_metadata is not null
    and (jsonb_typeof(p_metadata) <> 'object' or pg_column_size(p_metadata) > 16384) then
    raise exception using
      errcode = 'PT400', message = 'metadata_invalid',
      detail = 'The metadata is not an object, or larger than 16 kB.',
      hint = 'Send a small JSON object.';
  end if;
end;
$$;

-- sql/platform/credits/functions/close_account.sql

-- Closes an account for good: open holds of its own are released, jobs were ended
-- before. The numbers stay for the books; late money events still post.
create function private.close_account(p_user_id uuid, p_now timestamptz default now())
returns void
language plpgsql
security definer            -- the account row is not the caller's to write
set search_path = ''
as $$
declare
  v_hold_id uuid;
begin
  perform 1 from public.credit_accounts as a where a.user_id = p_user_id for no key update;
  for v_hold_id in
    select h.id
    from public.credit_holds as h
    where h.user_id = p_user_id and h.status = 'held'
    order by h.id
  loop
    perform private.end_hold(v_hold_id, 'released', p_now);
  end loop;
  update public.credit_accounts as a
  set closed_at = coalesce(a.closed_at, p_now), updated_at = now()
  where a.user_id = p_user_id;
end;
$$;

-- sql/platform/credits/functions/consume_held_lots.sql

-- Books an amount of a hold as spent in its lots, in the order they were taken,
-- starting behind what was captured before.
create function private.consume_held_lots(p_hold public.credit_holds, p_amount integer)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_skip integer := p_hold.captured;
  v_left integer := p_amount;
  v_take integer;
begin
  for i in 1 .. array_length(p_hold.lot_seqs, 1) loop
    v_take := least(greatest(p_hold.lot_amounts[i] - v_skip, 0), v_left);
    v_skip := greatest(v_skip - p_hold.lot_amounts[i], 0);
    if v_take > 0 then
      update public.credit_lots as l
      set held = l.held - v_take, spent = l.spent + v_take
      where l.user_id = p_hold.user_id and l.seq = p_hold.lot_seqs[i];
      v_left := v_left - v_take;
    end if;
    exit when v_left = 0;
  end loop;
end;
$$;

-- sql/platform/credits/functions/draw_lots.sql

-- Takes an amount from the account's lots in burn order and books it in each lot
-- as spent, held or revoked. The account is locked and has that much. Mostly the
-- first lot suffices: its row is found by its place, since nothing moves it while
-- the account is locked.
create function private.draw_lots(
  p_user_id uuid,
  p_amount integer,
  p_to text,
  out lot_seqs bigint[],
  out lot_amounts integer[]
)
language plpgsql
set search_path = ''
as $$
declare
  v_left integer := p_amount;
  v_take integer;
  v_seq bigint;
  v_lot record;
begin
  update public.credit_lots as l
  set
    remaining = l.remaining - p_amount,
    spent = l.spent + case p_to when 'spent' then p_amount else 0 end,
    held = l.held + case p_to when 'held' then p_amount else 0 end,
    revoked = l.revoked + case p_to when 'revoked' then p_amount else 0 end
  where l.ctid = (
    select f.ctid
    from public.credit_lots as f
    where f.user_id = p_user_id and f.spendable
    order by f.priority, f.expires_at, f.seq
    limit 1
  ) and l.remaining >= p_amount
  returning l.seq into v_seq;
  if found then
    lot_seqs := array[v_seq];
    lot_amounts := array[p_amount];
    return;
  end if;

  for v_lot in
    select l.seq, l.remaining
    from public.credit_lots as l
    where l.user_id = p_user_id and l.spendable
    order by l.priority, l.expires_at, l.seq
  loop
    v_take := least(v_left, v_lot.remaining);
    update public.credit_lots as l
    set
      remaining = l.remaining - v_take,
      spent = l.spent + case p_to when 'spent' then v_take else 0 end,
      held = l.held + case p_to when 'held' then v_take else 0 end,
      revoked = l.revoked + case p_to when 'revoked' then v_take else 0 end
    where l.user_id = p_user_id and l.seq = v_lot.seq;
    lot_seqs := lot_seqs || v_lot.seq;
    lot_amounts := lot_amounts || v_take;
    v_left := v_left - v_take;
    exit when v_left = 0;
  end loop;
  if v_left > 0 then
    -- The balance promised more than the lots have: the ledger itself is wrong.
    raise exception using
      errcode = 'XX001', message = 'ledger_corrupt',
      detail = format('The lots of user %s are short of %s credits.', p_user_id, v_left);
  end if;
end;
$$;

-- sql/platform/credits/functions/due_accounts.sql

-- The accounts with lots that are due to expire, the longest due first.
create function private.due_accounts(p_now timestamptz default now(), p_limit integer default 1000)
returns setof uuid
language sql
stable
set search_path = ''
as $$
  select a.user_id
  from public.credit_accounts as a
  where a.next_expiry_at <= p_now
  order by a.next_expiry_at
  limit p_limit;
$$;

-- sql/platform/credits/functions/due_holds.sql

-- The open holds whose deadline has passed, the longest due first.
create function private.due_holds(p_now timestamptz default now(), p_limit integer default 1000)
returns setof uuid
language sql
stable
set search_path = ''
as $$
  select h.id
  from public.credit_holds as h
  where h.status = 'held' and h.expires_at <= p_now
  order by h.expires_at
  limit p_limit;
$$;

-- sql/platform/credits/functions/end_hold.sql

-- Ends an open hold without capturing the rest. Repeating it returns the row as
-- it is; a hold that was captured is PT409.
create function private.end_hold(p_hold_id uuid, p_status text, p_now timestamptz default now())
returns public.credit_holds
language plpgsql
security definer            -- the account row is not the caller's to write
set search_path = ''
as $$
declare
  v_hold public.credit_holds := private.lock_hold(p_hold_id, p_now);
begin
  if v_hold.status = 'captured' then
    raise exception using
      errcode = 'PT409', message = 'hold_already_captured',
      detail = format('The hold %s was captured at %s.', p_hold_id, v_hold.ended_at),
      hint = 'Grant a refund instead.';
  end if;
  if v_hold.status <> 'held' then
    return v_hold;
  end if;
  update public.credit_holds as h
  set status = p_status, ended_at = p_now
  where h.id = p_hold_id
  returning * into v_hold;
  perform private.return_held_lots(v_hold, p_now);
  return v_hold;
end;
$$;

-- sql/platform/credits/functions/expire_hold.sql

-- Ends a hold whose deadline passed; checked again under the lock.
create function private.expire_hold(p_hold_id uuid, p_now timestamptz default now())
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_hold public.credit_holds := private.lock_hold(p_hold_id, p_now);
begin
  if v_hold.status = 'held' and v_hold.expires_at <= p_now then
    perform private.end_hold(p_hold_id, 'expired', p_now);
  end if;
end;
$$;

-- sql/platform/credits/functions/expire_lots.sql

-- Expires the due lots of a locked account: what remains is taken, what is held
-- stays held, a frozen lot waits for its dispute.
create function private.expire_lots(p_account public.credit_accounts, p_now timestamptz)
returns public.credit_accounts
language plpgsql
set search_path = ''
as $$
declare
  v_account public.credit_accounts;
  v_lot public.credit_lots;
begin
  for v_lot in
    select *
    from public.credit_lots as l
    where l.user_id = p_account.user_id and l.spendable and l.expires_at <= p_now
    order by l.expires_at, l.seq
  loop
    update public.credit_lots as l
    set remaining = 0, expired = l.expired + v_lot.remaining
    where l.user_id = v_lot.user_id and l.seq = v_lot.seq;
    perform private.post_transaction(
      v_lot.user_id, 'expiration', 'expire', -v_lot.remaining, 0, 0,
      'Credits expired', p_cause_type => 'lot', p_cause_id => v_lot.seq::text
    );
  end loop;

  update public.credit_accounts as a
  set next_expiry_at = coalesce(
    (
      select min(l.expires_at)
      from public.credit_lots as l
      where l.user_id = a.user_id and l.spendable
    ),
    'infinity'
  )
  where a.user_id = p_account.user_id
  returning * into v_account;
  return v_account;
end;
$$;

-- sql/platform/credits/functions/find_transaction.sql

-- The transaction that this idempotency key made, if any, under the account lock.
-- The same key for anything else than the same call is PT409.
create function private.find_transaction(
  p_user_id uuid,
  p_idempotency_key text,
  p_operation text,
  p_amount integer,
  p_transaction_type text,
  p_hold_id uuid default null,
  p_cause_type text default null,
  p_cause_id text default null
)
returns public.credit_transactions
language plpgsql
stable
set search_path = ''
as $$
declare
  v_row public.credit_transactions;
begin
  select * into v_row
  from public.credit_transactions as t
  where t.user_id = p_user_id and t.idempotency_key = p_idempotency_key;
  if found then
    if v_row.operation = p_operation
      and v_row.amount = p_amount
      and v_row.transaction_type = p_transaction_type
      and v_row.hold_id is not distinct from p_hold_id
      and v_row.cause_type is not distinct from p_cause_type
      and v_row.cause_id is not distinct from p_cause_id then
      return v_row;
    end if;
    perform private.refuse_reused_key(p_idempotency_key);
  end if;
  if exists (
    select 1 from public.credit_holds as h
    where h.user_id = p_user_id and h.idempotency_key = p_idempotency_key
  ) then
    perform private.refuse_reused_key(p_idempotency_key);
  end if;
  return null;
end;
$$;

-- sql/platform/credits/functions/freeze_lot.sql

-- Freezes a lot while its payment is disputed: its remaining counts as held.
create function private.freeze_lot(p_user_id uuid, p_lot_seq bigint, p_now timestamptz default now())
returns public.credit_lots
language plpgsql
security definer            -- the account row is not the caller's to write
set search_path = ''
as $$
declare
  v_lot public.credit_lots;
begin
  perform private.lock_account(p_user_id, p_now);
  update public.credit_lots as l
  set frozen_at = p_now
  where l.user_id = p_user_id and l.seq = p_lot_seq and l.frozen_at is null
  returning * into v_lot;
  if found then
    update public.credit_accounts as a
    set balance = a.balance - v_lot.remaining, held = a.held + v_lot.remaining, updated_at = now()
    where a.user_id = p_user_id;
  end if;
  return v_lot;
end;
$$;

-- sql/platform/credits/functions/grant_credits.sql

-- Puts credits into an account as one lot. A debt is repaid first: that part of
-- the lot counts as spent. The cause lets a reversal find the lot again.
create function private.grant_credits(
  p_user_id uuid,
  p_amount integer,
  p_transaction_type text,
  p_description text default null,
  p_metadata jsonb default null,
  p_idempotency_key text default null,
  p_expires_at timestamptz default null,
  p_cause_type text default null,
  p_cause_id text default null,
  p_actor_id uuid default null,
  p_now timestamptz default now()
)
returns public.credit_transactions
language plpgsql
security definer            -- the account row is not the caller's to write
set search_path = ''
as $$
declare
  v_account public.credit_accounts;
  v_row public.credit_transactions;
  v_repaid integer;
begin
  perform private.check_credit_request(
    p_user_id, p_amount, p_description, p_metadata, p_idempotency_key
  );
  if p_transaction_type is null or p_transaction_type not in (
    'purchase', 'refund', 'bonus', 'monthly_reset', 'trial_grant', 'adjustment'
  ) then
    raise exception using
      errcode = 'PT400', message = 'transaction_type_invalid',
      detail = format('"%s" is not a type of grant.', p_transaction_type),
      hint = 'Use purchase, refund, bonus, monthly_reset, trial_grant or adjustment.';
  end if;

  v_account := private.lock_account(p_user_id, p_now);
  if p_idempotency_key is not null then
    v_row := private.find_transaction(
      p_user_id, p_idempotency_key, 'grant', p_amount, p_transaction_type,
      null, p_cause_type, p_cause_id
    );
    if v_row.seq is not null then
      return v_row;
    end if;
  end if;
  if p_expires_at <= p_now then
    raise exception using
      errcode = 'PT400', message = 'expiry_in_the_past',
      detail = format('The credits would have expired at %s.', p_expires_at),
      hint = 'Send a time to come, or null for credits that do not expire.';
  end if;
  if v_account.balance + v_account.held::bigint + p_amount > 2000000000 then
    raise exception using
      errcode = 'PT400', message = 'amount_invalid',
      detail = 'An account holds at most 2000000000 credits.',
      hint = 'Grant less.';
  end if;

  v_repaid := least(p_amount, v_account.debt);
  v_row := private.post_transaction(
    p_user_id, p_transaction_type, 'grant',
    p_amount - v_repaid, 0, -v_repaid,
    p_description, p_metadata, p_idempotency_key,
    p_cause_type => p_cause_type, p_cause_id => p_cause_id,
    p_expires_at => p_expires_at, p_actor_id => p_actor_id
  );

  insert into public.credit_lots (
    user_id, seq, source, granted, remaining, spent, priority, expires_at, cause_type, cause_id
  )
  values (
    p_user_id, v_row.seq, p_transaction_type, p_amount, p_amount - v_repaid, v_repaid,
    private.lot_priority(p_transaction_type), coalesce(p_expires_at, 'infinity'),
    p_cause_type, p_cause_id
  );

  if p_expires_at is not null then
    update public.credit_accounts as a
    set next_expiry_at = least(a.next_expiry_at, p_expires_at)
    where a.user_id = p_user_id;
  end if;
  return v_row;
end;
$$;
grant execute on function private.grant_credits(
  uuid, integer, text, text, jsonb, text, timestamptz, text, text, uuid, timestamptz
) to service_role;

-- sql/platform/credits/functions/hold_credits.sql

-- Sets credits aside for work to come. Nothing is written to the ledger until the
-- hold is captured; p_expires_in null means that the deadlines of its jobs end it.
create function private.hold_credits(
  p_user_id uuid,
  p_amount integer,
  p_description text default null,
  p_metadata jsonb default null,
  p_idempotency_key text default null,
  p_expires_in interval default '1 hour',
  p_now timestamptz default now()
)
returns public.credit_holds
language plpgsql
security definer            -- the account row is not the caller's to write
set search_path = ''
as $$
declare
  v_account public.credit_accounts;
  v_hold public.credit_holds;
  v_seqs bigint[];
  v_amounts integer[];
begin
  perform private.check_credit_request(
    p_user_id, p_amount, p_description, p_metadata, p_idempotency_key
  );
  if p_expires_in <= interval '0' or p_expires_in > interval '365 days' then
    raise exception using
      errcode = 'PT400', message = 'deadline_invalid',
      detail = format('A hold cannot last %s.', p_expires_in),
      hint = 'Send more than nothing and at most a year.';
  end if;

  v_account := private.lock_account(p_user_id, p_now);
  if p_idempotency_key is not null then
    select * into v_hold
    from public.credit_holds as h
    where h.user_id = p_user_id and h.idempotency_key = p_idempotency_key;
    if found then
      if v_hold.amount <> p_amount then
        perform private.refuse_reused_key(p_idempotency_key);
      end if;
      return v_hold;
    end if;
    if exists (
      select 1 from public.credit_transactions as t
      where t.user_id = p_user_id and t.idempotency_key = p_idempotency_key
    ) then
      perform private.refuse_reused_key(p_idempotency_key);
    end if;
  end if;
  perform private.require_open_account(v_account);
  if v_account.balance < p_amount then
    perform private.refuse_spend(v_account, p_amount);
  end if;

  select d.lot_seqs, d.lot_amounts into v_seqs, v_amounts
  from private.draw_lots(p_user_id, p_amount, 'held') as d;
  update public.credit_accounts as a
  set balance = a.balance - p_amount, held = a.held + p_amount, updated_at = now()
  where a.user_id = p_user_id;
  insert into public.credit_holds as h (
    user_id, amount, lot_seqs, lot_amounts, expires_at, description, metadata, idempotency_key
  )
  values (
    p_user_id, p_amount, v_seqs, v_amounts, p_now + p_expires_in,
    p_description, coalesce(p_metadata, '{}'::jsonb), p_idempotency_key
  )
  returning * into v_hold;
  return v_hold;
end;
$$;
grant execute on function private.hold_credits(
  uuid, integer, text, jsonb, text, interval, timestamptz
) to service_role;

-- sql/platform/credits/functions/is_key_used.sql

-- Whether any ledger function of this user was called with the key.
create function private.is_key_used(p_user_id uuid, p_idempotency_key text)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return exists (
    select 1
    from public.credit_transactions as t
    where t.user_id = p_user_id and t.idempotency_key = p_idempotency_key
  ) or exists (
    select 1
    from public.credit_holds as h
    where h.user_id = p_user_id and h.idempotency_key = p_idempotency_key
  );
end;
$$;

-- sql/platform/credits/functions/lock_account.sql

-- Locks the account row and expires what is due: every ledger function starts
-- here, so two of them never see one balance, and lazy and swept expiry end the same.
create function private.lock_account(p_user_id uuid, p_now timestamptz default now())
returns public.credit_accounts
language plpgsql
security definer            -- the account row is not the caller's to write
set search_path = ''
as $$
declare
  v_account public.credit_accounts;
begin
  select * into v_account
  from public.credit_accounts as a
  where a.user_id = p_user_id
  for no key update;
  if not found then
    raise exception using
      errcode = 'PT404', message = 'account_not_found',
      detail = format('There is no credit account of user %s.', p_user_id),
      hint = 'An account is made at sign-up or by ensure_profile().';
  end if;
  if v_account.next_expiry_at <= p_now then
    v_account := private.expire_lots(v_account, p_now);
  end if;
  return v_account;
end;
$$;

-- sql/platform/credits/functions/lock_hold.sql

-- Locks a hold behind its account: the account first, as everywhere. The user of
-- a hold never changes, so it is read before.
create function private.lock_hold(p_hold_id uuid, p_now timestamptz default now())
returns public.credit_holds
language plpgsql
security definer            -- the account row is not the caller's to write
set search_path = ''
as $$
declare
  v_user_id uuid;
  v_hold public.credit_holds;
begin
  select h.user_id into v_user_id from public.credit_holds as h where h.id = p_hold_id;
  if not found then
    raise exception using
      errcode = 'PT404', message = 'hold_not_found',
      detail = format('There is no hold %s.', coalesce(p_hold_id::text, 'null')),
      hint = 'Send the id that hold_credits returned.';
  end if;
  perform private.lock_account(v_user_id, p_now);
  select * into v_hold from public.credit_holds as h where h.id = p_hold_id for no key update;
  return v_hold;
end;
$$;

-- sql/platform/credits/functions/lot_priority.sql

-- What burns first: credits that were given and run out before credits that were paid.
create function private.lot_priority(p_source text)
returns smallint
language sql
immutable
set search_path = ''
as $$
  select case p_source
    when 'trial_grant' then 10
    when 'monthly_reset' then 20
    when 'bonus' then 30
    when 'refund' then 40
    when 'adjustment' then 40
    else 50
  end::smallint;
$$;

-- sql/platform/credits/functions/my_credits.sql

create function private.my_credits()
returns jsonb
language plpgsql
stable
security definer            -- reads the caller's own row whatever the policies say
set search_path = ''
as $$
declare
  v_user_id uuid := private.require_user_id();
  v_account public.credit_accounts;
begin
  select * into v_account from public.credit_accounts as a where a.user_id = v_user_id;
  return jsonb_build_object(
    'settled', coalesce(v_account.balance + v_account.held, 0),
    'held', coalesce(v_account.held, 0),
    'available', coalesce(v_account.balance, 0),
    'debt', coalesce(v_account.debt, 0)
  );
end;
$$;
grant execute on function private.my_credits() to authenticated;

-- sql/platform/credits/functions/post_transaction.sql

-- The only place where an account's numbers move with a transaction: applies the
-- changes of balance, held and debt to the locked account and appends the row.
create function private.post_transaction(
  p_user_id uuid,
  p_transaction_type text,
  p_operation text,
  p_balance integer,
  p_held integer,
  p_debt integer,
  p_description text default null,
  p_metadata jsonb default null,
  p_idempotency_key text default null,
  p_hold_id uuid default null,
  p_job_id uuid default null,
  p_cause_type text default null,
  p_cause_id text default null,
  p_expires_at timestamptz default null,
  p_actor_id uuid default null
)
returns public.credit_transactions
language plpgsql
set search_path = ''
as $$
declare
  v_seq bigint;
  v_settled integer;
  v_debt integer;
  v_amount integer := p_balance + p_held - p_debt;
  v_row public.credit_transactions;
begin
  update public.credit_accounts as a
  set
    balance = a.balance + p_balance,
    held = a.held + p_held,
    debt = a.debt + p_debt,
    last_seq = a.last_seq + 1,
    total_purchased = a.total_purchased
      + case when p_transaction_type = 'purchase' then v_amount else 0 end,
    total_used = a.total_used - case when p_transaction_type = 'usage' then v_amount else 0 end,
    updated_at = now()
  where a.user_id = p_user_id
  returning a.last_seq, a.balance + a.held, a.debt into v_seq, v_settled, v_debt;

  insert into public.credit_transactions as t (
    user_id, seq, transaction_type, operation, amount,
    balance_before, balance_after, debt_before, debt_after,
    actor_id, hold_id, job_id, cause_type, cause_id,
    description, metadata, idempotency_key, expires_at
  )
  values (
    p_user_id, v_seq, p_transaction_type, p_operation, v_amount,
    v_settled - p_balance - p_held, v_settled, v_debt - p_debt, v_debt,
    p_actor_id, p_hold_id, p_job_id, p_cause_type, p_cause_id,
    p_description, coalesce(p_metadata, '{}'::jsonb), p_idempotency_key, p_expires_at
  )
  returning * into v_row;
  return v_row;
end;
$$;

-- sql/platform/credits/functions/record_audit.sql

-- What cron calls: audits every account and keeps the count of findings.
create function private.record_audit()
returns integer
language sql
set search_path = ''
as $$
  insert into private.credit_audits as c (findings, sample)
  select count(*), coalesce(jsonb_agg(to_jsonb(f)) filter (where f.n <= 20), '[]'::jsonb)
  from (
    select a.*, row_number() over (order by a.user_id) as n from private.audit_credits() as a
  ) as f
  returning c.findings;
$$;

-- sql/platform/credits/functions/refuse_ledger_change.sql

create function private.refuse_ledger_change()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  raise exception using
    errcode = 'PT403', message = 'ledger_append_only',
    detail = format('%s of %I.%I is refused.', tg_op, tg_table_schema, tg_table_name),
    hint = 'Post a correcting transaction.';
end;
$$;

-- sql/platform/credits/functions/refuse_reused_key.sql

create function private.refuse_reused_key(p_idempotency_key text)
returns void
language plpgsql
immutable
set search_path = ''
as $$
begin
  raise exception using
    errcode = 'PT409', message = 'idempotency_key_reused',
    detail = format('The key "%s" was used for another call of this user.', p_idempotency_key),
    hint = 'Repeat the first call unchanged, or send a new key.';
end;
$$;

-- sql/platform/credits/functions/refuse_spend.sql

create function private.refuse_spend(p_account public.credit_accounts, p_amount integer)
returns void
language plpgsql
immutable
set search_path = ''
as $$
begin
  raise exception using
    errcode = 'PT402', message = 'insufficient_credits',
    detail = format(
      'Needed %s, available %s, held %s, owed %s.',
      p_amount, p_account.balance, p_account.held, p_account.debt
    ),
    hint = 'Buy credits, or ask for less.';
end;
$$;

-- sql/platform/credits/functions/release_hold.sql

-- Gives back what a hold has not captured. Repeating it returns the row.
create function private.release_hold(p_hold_id uuid, p_now timestamptz default now())
returns public.credit_holds
language plpgsql
security definer            -- the account row is not the caller's to write
set search_path = ''
as $$
begin
  return private.end_hold(p_hold_id, 'released', p_now);
end;
$$;
grant execute on function private.release_hold(uuid, timestamptz) to service_role;

-- sql/platform/credits/functions/require_open_account.sql

create function private.require_open_account(p_account public.credit_accounts)
returns void
language plpgsql
immutable
set search_path = ''
as $$
begin
  if p_account.closed_at is not null then
    raise exception using
      errcode = 'PT403', message = 'account_closed',
      detail = format('The account was closed at %s.', p_account.closed_at),
      hint = 'A closed account takes no new work.';
  end if;
end;
$$;

-- sql/platform/credits/functions/return_held_lots.sql

-- Gives back what a hold did not capture, to its lots in reverse order. What comes
-- back repays debt first, then stays frozen with its lot, then expires with it,
-- else becomes spendable. Only a repayment or an expiry shows in the ledger.
create function private.return_held_lots(p_hold public.credit_holds, p_now timestamptz)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_left integer := p_hold.amount - p_hold.captured;
  v_debt integer;
  v_part integer;
  v_repaid integer;
  v_free integer := 0;
  v_repaid_all integer := 0;
  v_expired_all integer := 0;
  v_lot public.credit_lots;
begin
  select a.debt into v_debt from public.credit_accounts as a where a.user_id = p_hold.user_id;
  for i in reverse array_length(p_hold.lot_seqs, 1) .. 1 loop
    exit when v_left = 0;
    v_part := least(p_hold.lot_amounts[i], v_left);
    v_left := v_left - v_part;
    v_repaid := least(v_part, v_debt);
    v_debt := v_debt - v_repaid;
    v_repaid_all := v_repaid_all + v_repaid;

    update public.credit_lots as l
    set
      held = l.held - v_part,
      spent = l.spent + v_repaid,
      remaining = l.remaining
        + case when l.frozen_at is not null or l.expires_at > p_now then v_part - v_repaid else 0 end,
      expired = l.expired
        + case when l.frozen_at is not null or l.expires_at > p_now then 0 else v_part - v_repaid end
    where l.user_id = p_hold.user_id and l.seq = p_hold.lot_seqs[i]
    returning * into v_lot;

    if v_lot.frozen_at is not null then
      null;                 -- still held, now by the freeze
    elsif v_lot.expires_at <= p_now then
      v_expired_all := v_expired_all + v_part - v_repaid;
    else
      v_free := v_free + v_part - v_repaid;
      update public.credit_accounts as a
      set next_expiry_at = v_lot.expires_at
      where a.user_id = p_hold.user_id and a.next_expiry_at > v_lot.expires_at;
    end if;
  end loop;

  if v_repaid_all > 0 then
    perform private.post_transaction(
      p_hold.user_id, 'adjustment', 'repay', 0, -v_repaid_all, -v_repaid_all,
      'Debt repaid from returned credits', p_hold_id => p_hold.id
    );
  end if;
  if v_expired_all > 0 then
    perform private.post_transaction(
      p_hold.user_id, 'expiration', 'expire', 0, -v_expired_all, 0,
      'Returned after they had expired', p_hold_id => p_hold.id
    );
  end if;
  if v_free > 0 then
    update public.credit_accounts as a
    set balance = a.balance + v_free, held = a.held - v_free, updated_at = now()
    where a.user_id = p_hold.user_id;
  end if;
end;
$$;

-- sql/platform/credits/functions/reverse_credits.sql

-- Takes back credits whose money went back (a refund) or was lost (a dispute):
-- that purchase's lot first, then other lots in burn order, then debt. Held
-- credits are never touched. p_type is refund or chargeback.
create function private.reverse_credits(
  p_user_id uuid,
  p_amount integer,
  p_transaction_type text,
  p_lot_seq bigint default null,
  p_description text default null,
  p_metadata jsonb default null,
  p_idempotency_key text default null,
  p_cause_type text default null,
  p_cause_id text default null,
  p_actor_id uuid default null,
  p_now timestamptz default now()
)
returns public.credit_transactions
language plpgsql
security definer            -- the account row is not the caller's to write
set search_path = ''
as $$
declare
  v_account public.credit_accounts;
  v_row public.credit_transactions;
  v_lot public.credit_lots;
  v_from_lot integer := 0;
  v_from_frozen integer := 0;
  v_from_others integer;
begin
  perform private.check_credit_request(
    p_user_id, p_amount, p_description, p_metadata, p_idempotency_key
  );
  if p_transaction_type is null or p_transaction_type not in ('refund', 'chargeback', 'adjustment') then
    raise exception using
      errcode = 'PT400', message = 'transaction_type_invalid',
      detail = format('"%s" is not a type of reversal.', p_transaction_type),
      hint = 'Use refund, chargeback or adjustment.';
  end if;
  v_account := private.lock_account(p_user_id, p_now);
  if p_idempotency_key is not null then
    v_row := private.find_transaction(
      p_user_id, p_idempotency_key, 'reverse', -p_amount, p_transaction_type,
      null, p_cause_type, p_cause_id
    );
    if v_row.seq is not null then
      return v_row;
    end if;
  end if;

  if v_account.debt::bigint + p_amount > 2000000000 then
    raise exception using
      errcode = 'PT400', message = 'amount_invalid',
      detail = 'An account owes at most 2000000000 credits.',
      hint = 'Reverse less.';
  end if;

  if p_lot_seq is not null then
    select * into v_lot
    from public.credit_lots as l
    where l.user_id = p_user_id and l.seq = p_lot_seq;
    v_from_lot := least(p_amount, coalesce(v_lot.remaining, 0));
    if v_from_lot > 0 then
      update public.credit_lots as l
      set remaining = l.remaining - v_from_lot, revoked = l.revoked + v_from_lot
      where l.user_id = p_user_id and l.seq = p_lot_seq;
    end if;
    if v_lot.frozen_at is not null then
      -- A frozen lot's remaining counts as held by the freeze, not by work.
      v_from_frozen := v_from_lot;
      v_from_lot := 0;
    end if;
  end if;

  v_from_others := least(p_amount - v_from_lot - v_from_frozen, v_account.balance - v_from_lot);
  if v_from_others > 0 then
    perform private.draw_lots(p_user_id, v_from_others, 'revoked');
  end if;
  return private.post_transaction(
    p_user_id, p_transaction_type, 'reverse',
    -(v_from_lot + v_from_others), -v_from_frozen,
    p_amount - v_from_lot - v_from_frozen - v_from_others,
    p_description, p_metadata, p_idempotency_key,
    p_cause_type => p_cause_type, p_cause_id => p_cause_id, p_actor_id => p_actor_id
  );
end;
$$;

-- sql/platform/credits/functions/spend_credits.sql

-- Takes credits for work that is done. Lots burn by priority, then expiry, then age.
-- The hottest path of the ledger: what is usual is done in four statements here,
-- what is not (an expiry, a second lot, a repeated key, a refusal) by the helpers.
create function private.spend_credits(
  p_user_id uuid,
  p_amount integer,
  p_description text default null,
  p_metadata jsonb default null,
  p_idempotency_key text default null,
  p_now timestamptz default now()
)
returns public.credit_transactions
language plpgsql
security definer            -- the account row is not the caller's to write
set search_path = ''
as $$
declare
  v_account public.credit_accounts;
  v_row public.credit_transactions;
begin
  perform private.check_credit_request(
    p_user_id, p_amount, p_description, p_metadata, p_idempotency_key
  );
  select * into v_account
  from public.credit_accounts as a
  where a.user_id = p_user_id
  for no key update;               -- lock before reading: two spends never see one balance
  if not found or v_account.next_expiry_at <= p_now then
    v_account := private.lock_account(p_user_id, p_now);
  end if;

  -- Looked up behind the lock: before it, concurrent first calls would collide.
  if p_idempotency_key is not null and private.is_key_used(p_user_id, p_idempotency_key) then
    return private.find_transaction(p_user_id, p_idempotency_key, 'spend', -p_amount, 'usage');
  end if;
  if v_account.closed_at is not null then
    perform private.require_open_account(v_account);
  end if;
  if v_account.balance < p_amount then
    perform private.refuse_spend(v_account, p_amount);
  end if;

  perform private.draw_lots(p_user_id, p_amount, 'spent');
  with account as (
    update public.credit_accounts as a
    set
      balance = a.balance - p_amount,
      last_seq = a.last_seq + 1,
      total_used = a.total_used + p_amount,
      updated_at = now()
    where a.user_id = p_user_id
    returning a.last_seq, a.balance + a.held as settled, a.debt
  )
  insert into public.credit_transactions as t (
    user_id, seq, transaction_type, operation, amount,
    balance_before, balance_after, debt_before, debt_after,
    description, metadata, idempotency_key
  )
  select
    p_user_id, a.last_seq, 'usage', 'spend', -p_amount,
    a.settled + p_amount, a.settled, a.debt, a.debt,
    p_description, coalesce(p_metadata, '{}'::jsonb), p_idempotency_key
  from account as a
  returning * into v_row;
  return v_row;
end;
$$;
grant execute on function private.spend_credits(uuid, integer, text, jsonb, text, timestamptz)
  to service_role;

-- sql/platform/credits/functions/spend_credits_batch.sql

-- Many spends in one call: accounts are locked in id order, each account is
-- updated once, and its rows are appended by one insert. An item is refused alone,
-- with its error as a word in the answer; the others stand. Items of one account
-- are taken in the order given.
create function private.spend_credits_batch(p_spends jsonb, p_now timestamptz default now())
returns table (ordinal integer, user_id uuid, transaction_id uuid, seq bigint, balance_after integer, error text)
language plpgsql
security definer            -- the account rows are not the caller's to write
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_user_id uuid;
  v_group record;
  v_item record;
  v_account public.credit_accounts;
  v_found public.credit_transactions;
  v_known boolean;
  v_left integer;
  v_total integer;
  v_position integer;
  v_ordinals integer[];
  v_amounts integer[];
  v_keys text[];
  v_descriptions text[];
  v_metadata jsonb[];
  v_twins integer[];
  v_twin_positions integer[];
begin
  if p_spends is null or jsonb_typeof(p_spends) <> 'array' or jsonb_array_length(p_spends) > 1000 then
    raise exception using
      errcode = 'PT400', message = 'batch_invalid',
      detail = 'p_spends must be an array of at most 1000 spends.',
      hint = 'Send [{"user_id", "amount", "description", "metadata", "idempotency_key"}, …].';
  end if;

  -- One group an account, so that the JSON is read once.
  for v_group in
    select
      (s.value ->> 'user_id')::uuid as user_id,
      array_agg(s.ordinality::integer order by s.ordinality) as ordinals,
      array_agg((s.value ->> 'amount')::integer order by s.ordinality) as amounts,
      array_agg(s.value ->> 'description' order by s.ordinality) as descriptions,
      array_agg(
        coalesce(nullif(s.value -> 'metadata', 'null'::jsonb), '{}'::jsonb) order by s.ordinality
      ) as metadata,
      array_agg(s.value ->> 'idempotency_key' order by s.ordinality) as keys
    from jsonb_array_elements(p_spends) with ordinality as s
    group by 1
    order by 1
  loop
    v_user_id := v_group.user_id;
    select * into v_account from public.credit_accounts as a where a.user_id = v_user_id for no key update;
    v_known := found;
    if v_known and v_account.next_expiry_at <= p_now then
      v_account := private.expire_lots(v_account, p_now);
    end if;
    v_left := v_account.balance;
    v_total := 0;
    v_ordinals := '{}';
    v_amounts := '{}';
    v_keys := '{}';
    v_descriptions := '{}';
    v_metadata := '{}';
    v_twins := '{}';
    v_twin_positions := '{}';

    for v_item in
      select i.ordinal, i.amount, i.description, i.metadata, i.key
      from unnest(
        v_group.ordinals, v_group.amounts, v_group.descriptions, v_group.metadata, v_group.keys
      ) with ordinality as i (ordinal, amount, description, metadata, key, position)
      order by i.position
    loop
      perform private.check_credit_request(
        v_user_id, v_item.amount, v_item.description, v_item.metadata, v_item.key
      );
      ordinal := v_item.ordinal;
      user_id := v_user_id;
      transaction_id := null;
      seq := null;
      balance_after := null;
      error := null;
      if not v_known then
        error := 'account_not_found';
      elsif v_item.key is not null then
        v_position := array_position(v_keys, v_item.key);
        if v_position is not null then
          if v_amounts[v_position] = v_item.amount then
            v_twins := v_twins || v_item.ordinal;
            v_twin_positions := v_twin_positions || v_position;
            continue;
          end if;
          error := 'idempotency_key_reused';
        else
          select * into v_found
          from public.credit_transactions as t
          where t.user_id = v_user_id and t.idempotency_key = v_item.key;
          if found and v_found.operation = 'spend' and v_found.amount = -v_item.amount then
            transaction_id := v_found.id;
            seq := v_found.seq;
            balance_after := v_found.balance_after;
            return next;
            continue;
          elsif found or exists (
            select 1 from public.credit_holds as h
            where h.user_id = v_user_id and h.idempotency_key = v_item.key
          ) then
            error := 'idempotency_key_reused';
          end if;
        end if;
      end if;
      if error is null and v_account.closed_at is not null then
        error := 'account_closed';
      end if;
      if error is null and v_left < v_item.amount then
        error := 'insufficient_credits';
      end if;
      if error is not null then
        return next;
        continue;
      end if;

      v_left := v_left - v_item.amount;
      v_total := v_total + v_item.amount;
      v_ordinals := v_ordinals || v_item.ordinal;
      v_amounts := v_amounts || v_item.amount;
      v_keys := v_keys || v_item.key;
      v_descriptions := v_descriptions || v_item.description;
      v_metadata := v_metadata || v_item.metadata;
    end loop;

    if v_total > 0 then
      perform private.draw_lots(v_user_id, v_total, 'spent');
      update public.credit_accounts as a
      set
        balance = a.balance - v_total,
        last_seq = a.last_seq + array_length(v_amounts, 1),
        total_used = a.total_used + v_total,
        updated_at = now()
      where a.user_id = v_user_id;
      return query
        with item as (
          select
            i.position, i.ordinal, i.amount, i.key, i.description, i.metadata,
            sum(i.amount) over (order by i.position) as taken
          from unnest(v_ordinals, v_amounts, v_keys, v_descriptions, v_metadata)
            with ordinality as i (ordinal, amount, key, description, metadata, position)
        ),
        posted as (
          insert into public.credit_transactions as t (
            user_id, seq, transaction_type, operation, amount,
            balance_before, balance_after, debt_before, debt_after,
            description, metadata, idempotency_key
          )
          select
            v_user_id, v_account.last_seq + i.position, 'usage', 'spend', -i.amount,
            v_account.balance + v_account.held - i.taken + i.amount,
            v_account.balance + v_account.held - i.taken,
            v_account.debt, v_account.debt, i.description, i.metadata, i.key
          from item as i
          returning t.id, t.seq, t.balance_after
        )
        select x.ordinal, v_user_id, p.id, p.seq, p.balance_after, null::text
        from (
          select i.position, i.ordinal from item as i
          union all
          select w.position, w.ordinal
          from unnest(v_twins, v_twin_positions) as w (ordinal, position)
        ) as x
        join posted as p on p.seq = v_account.last_seq + x.position;
    end if;
  end loop;
end;
$$;
grant execute on function private.spend_credits_batch(jsonb, timestamptz) to service_role;

-- sql/platform/credits/functions/unfreeze_lot.sql

-- Ends a freeze. What remained comes back as all returned credits do: debt first,
-- then it expires if its time has passed, else it is spendable again.
create function private.unfreeze_lot(p_user_id uuid, p_lot_seq bigint, p_now timestamptz default now())
returns public.credit_lots
language plpgsql
security definer            -- the account row is not the caller's to write
set search_path = ''
as $$
declare
  v_account public.credit_accounts := private.lock_account(p_user_id, p_now);
  v_lot public.credit_lots;
  v_repaid integer;
  v_rest integer;
begin
  select * into v_lot
  from public.credit_lots as l
  where l.user_id = p_user_id and l.seq = p_lot_seq and l.frozen_at is not null;
  if not found then
    return null;
  end if;
  v_repaid := least(v_lot.remaining, v_account.debt);
  v_rest := v_lot.remaining - v_repaid;
  update public.credit_lots as l
  set frozen_at = null, remaining = v_rest, spent = l.spent + v_repaid
  where l.user_id = p_user_id and l.seq = p_lot_seq
  returning * into v_lot;
  if v_repaid > 0 then
    perform private.post_transaction(
      p_user_id, 'adjustment', 'repay', 0, -v_repaid, -v_repaid,
      'Debt repaid from returned credits', p_cause_type => 'lot', p_cause_id => p_lot_seq::text
    );
  end if;
  update public.credit_accounts as a
  set
    balance = a.balance + v_rest,
    held = a.held - v_rest,
    next_expiry_at = least(a.next_expiry_at, v_lot.expires_at),
    updated_at = now()
  where a.user_id = p_user_id;
  perform private.lock_account(p_user_id, p_now);
  return v_lot;
end;
$$;

-- sql/platform/jobs/functions/add_to_lane.sql

-- Books n more queued jobs in a lane and locks it. The start of the lane's queue
-- moves back when something earlier than it arrives.
create function private.add_to_lane(
  p_type text,
  p_user_id uuid,
  p_n integer,
  p_priority smallint,
  p_run_at timestamptz,
  p_max_queued integer default null
)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_queued integer;
begin
  insert into private.job_lanes as l (
    type, user_id, queued, next_at, low_priority, low_run_at
  )
  values (p_type, p_user_id, p_n, p_run_at, p_priority, p_run_at)
  on conflict (type, user_id) do update
  set
    queued = l.queued + p_n,
    next_at = least(l.next_at, p_run_at),
    low_priority = case
      when l.queued = 0 or (p_priority, p_run_at) < (l.low_priority, l.low_run_at) then p_priority
      else l.low_priority
    end,
    low_run_at = case
      when l.queued = 0 or (p_priority, p_run_at) < (l.low_priority, l.low_run_at) then p_run_at
      else l.low_run_at
    end
  returning l.queued into v_queued;
  if v_queued > p_max_queued then
    raise exception using
      errcode = 'PT429', message = 'queue_full',
      detail = format('At most %s jobs of type %s may wait.', p_max_queued, p_type),
      hint = 'Wait until some have finished.';
  end if;
end;
$$;

-- sql/platform/jobs/functions/cancel_job.sql

-- The owner stops a job: it ends, its hold returns, a worker that has it loses its
-- lease. Repeating it returns the row; an ended job is PT409.
create function private.cancel_job(p_job_id uuid, p_now timestamptz default now())
returns public.jobs
language plpgsql
security definer            -- jobs and product rows are not the caller's to write
set search_path = ''
as $$
declare
  v_user_id uuid := private.require_user_id();
  v_job public.jobs;
begin
  -- Somebody else's job is as missing as none, and is not locked.
  if not exists (
    select 1 from public.jobs as j
    where j.id = p_job_id and (j.user_id = v_user_id or private.is_admin())
  ) then
    raise exception using
      errcode = 'PT404', message = 'job_not_found',
      detail = format('You have no job %s.', coalesce(p_job_id::text, 'null')),
      hint = 'Send the id of a job of yours.';
  end if;
  v_job := private.lock_job(p_job_id);
  if v_job.status = 'cancelled' then
    return v_job;
  end if;
  if v_job.finished_at is not null then
    raise exception using
      errcode = 'PT409', message = 'job_already_ended',
      detail = format('Job %s is %s.', p_job_id, v_job.status),
      hint = 'Only a job that is not finished can be cancelled.';
  end if;
  return private.cancel_locked_job(v_job, 'Cancelled by the user.', p_now);
end;
$$;
grant execute on function private.cancel_job(uuid, timestamptz) to authenticated;

-- sql/platform/jobs/functions/cancel_jobs.sql

-- Cancels many jobs whose product rows are locked already or gone.
create function private.cancel_jobs(p_job_ids uuid[], p_reason text, p_now timestamptz default now())
returns void
language plpgsql
security definer            -- jobs are not the caller's to write
set search_path = ''
as $$
declare
  v_job public.jobs;
begin
  perform private.lock_jobs(p_job_ids);
  for v_job in
    select *
    from public.jobs as j
    where j.id = any (p_job_ids) and j.finished_at is null
    order by j.user_id, j.id
  loop
    perform private.cancel_locked_job(v_job, p_reason, p_now);
  end loop;
end;
$$;

-- sql/platform/jobs/functions/cancel_locked_job.sql

create function private.cancel_locked_job(p_job public.jobs, p_reason text, p_now timestamptz)
returns public.jobs
language plpgsql
set search_path = ''
as $$
declare
  v_job public.jobs := p_job;
begin
  v_job.error := p_reason;
  perform private.try_handler(
    (select t.on_cancel from public.job_types as t where t.type = p_job.type), v_job
  );
  return private.end_job(p_job, 'cancelled', 'cancelled', p_reason, p_now);
end;
$$;

-- sql/platform/jobs/functions/claim_jobs.sql

-- Gives a worker its next jobs with a lease and a fencing token each. First what
-- waits for a provider and is due: it has its slot already. Then queued jobs, fair
-- among users: within the caps, the user with fewer running jobs of the type goes
-- first, then priority, then age. Product rows are not touched: start_job does that.
create function private.claim_jobs(
  p_worker text,
  p_limit integer default 1,
  p_types text[] default null,
  p_now timestamptz default now()
)
returns setof public.jobs
language plpgsql
security definer            -- jobs and lanes are not the caller's to write
set search_path = ''
as $$
declare
  v_type public.job_types;
  v_left integer := p_limit;
  v_room integer;
  v_got integer;
  v_one boolean;
  v_empty integer;
  v_capped_last boolean := random() < 0.5;
begin
  perform private.check_text('p_worker', p_worker, 200);
  if p_limit is null or p_limit < 1 or p_limit > 1000 then
    raise exception using
      errcode = 'PT400', message = 'limit_invalid',
      detail = format('The limit is %s.', coalesce(p_limit::text, 'null')),
      hint = 'Send 1 to 1000.';
  end if;

  -- In a random order: no type starves behind one that always has work. But those
  -- with a cap over all users by name, since each stays locked until the end.
  for v_type in
    select *
    from public.job_types as t
    where t.is_active and (p_types is null or t.type = any (p_types))
    order by
      (t.max_running is null) = v_capped_last desc,
      case when t.max_running is not null then t.type end,
      random()
  loop
    if exists (
      select 1
      from public.jobs as w
      where w.type = v_type.type and w.status = 'waiting' and w.run_at <= p_now
    ) then
      return query select * from private.claim_waiting(p_worker, v_left, v_type, p_now);
      get diagnostics v_got = row_count;
      v_left := v_left - v_got;
      exit when v_left = 0;
    end if;

    v_room := v_left;
    if v_type.max_running is not null then
      perform 1 from public.job_types as t where t.type = v_type.type for no key update;
      select v_type.max_running - coalesce(sum(l.running), 0)::integer into v_room
      from private.job_lanes as l
      where l.type = v_type.type and l.running > 0;
      v_room := least(v_left, v_room);
      continue when v_room <= 0;
    end if;

    -- One job mostly needs one lane. If that lane has none to give (its jobs are past
    -- their deadline, or another's), rounds take at most twenty; a few that find
    -- nothing are gone through, since each sets its lanes right.
    v_one := v_room = 1;
    v_empty := 0;
    loop
      return query select * from private.claim_queued(p_worker, v_room, v_type, v_one, p_now);
      get diagnostics v_got = row_count;
      v_left := v_left - v_got;
      v_room := v_room - v_got;
      v_empty := case when v_got = 0 then v_empty + 1 else 0 end;
      exit when v_room <= 0 or v_empty > 5;
      v_one := false;
    end loop;
    exit when v_left = 0;
  end loop;
end;
$$;
grant execute on function private.claim_jobs(text, integer, text[], timestamptz) to service_role;

-- sql/platform/jobs/functions/claim_queued.sql

-- One round of a fair claim: over one lane, or over at most twenty.
create function private.claim_queued(
  p_worker text,
  p_limit integer,
  p_type public.job_types,
  p_one boolean,
  p_now timestamptz
)
returns setof public.jobs
language plpgsql
set search_path = ''
as $$
declare
  v_lane record;
  v_next_priority smallint;
  v_next_run_at timestamptz;
  v_claimed integer := 0;
  v_got integer;
  v_share integer;
begin
  for v_lane in
    select l.*, count(*) over () as lanes
    from private.lock_ready_lanes(p_type.type, p_type.max_running_per_user, p_one, p_now) as l
    order by l.running, l.next_at
  loop
    exit when v_claimed >= p_limit;
    -- An even share of what is asked, at least one, never over the user's cap.
    v_share := least(
      p_type.max_running_per_user - v_lane.running,
      greatest(1, p_limit / v_lane.lanes::integer),
      p_limit - v_claimed
    );
    return query
      update public.jobs as j
      set
        status = 'processing',
        attempts = j.attempts + 1,
        lock_token = gen_random_uuid(),
        worker = p_worker,
        lease_expires_at = p_now + p_type.lease,
        due_at = least(p_now + p_type.lease, j.deadline),
        started_at = p_now
      where j.id = any (array(
        select q.id
        from public.jobs as q
        where q.status = 'queued' and q.type = p_type.type and q.user_id = v_lane.user_id
          and (q.priority, q.run_at) >= (v_lane.low_priority, v_lane.low_run_at)
          and q.run_at <= p_now and q.deadline > p_now
        order by q.priority, q.run_at, q.id
        limit v_share
        for no key update skip locked
      ))
      returning j.*;
    get diagnostics v_got = row_count;
    v_claimed := v_claimed + v_got;

    -- Where the lane's queue starts now, and when its next job is due. Jobs past their
    -- deadline are the reaper's.
    if v_lane.queued - v_got > 0 then
      select q.priority, q.run_at into v_next_priority, v_next_run_at
      from public.jobs as q
      where q.status = 'queued' and q.type = p_type.type and q.user_id = v_lane.user_id
        and (q.priority, q.run_at) >= (v_lane.low_priority, v_lane.low_run_at)
        and q.deadline > p_now
      order by q.priority, q.run_at
      limit 1;
    end if;
    update private.job_lanes as l
    set
      queued = l.queued - v_got,
      running = l.running + v_got,
      next_at = case
        when l.queued - v_got = 0 then 'infinity'
        when v_next_run_at <= p_now then v_next_run_at
        else private.next_run_at(p_type.type, v_lane.user_id, p_now)
      end,
      low_priority = case when l.queued - v_got = 0 then 0 else coalesce(v_next_priority, 0) end,
      low_run_at = case when l.queued - v_got = 0 then '-infinity' else coalesce(v_next_run_at, '-infinity') end
    where l.type = p_type.type and l.user_id = v_lane.user_id;
  end loop;
end;
$$;

-- sql/platform/jobs/functions/claim_waiting.sql

-- Claims jobs whose provider is to be asked again, or has called back.
create function private.claim_waiting(
  p_worker text,
  p_limit integer,
  p_type public.job_types,
  p_now timestamptz
)
returns setof public.jobs
language plpgsql
set search_path = ''
as $$
begin
  return query
    update public.jobs as j
    set
      status = 'processing',
      lock_token = gen_random_uuid(),
      worker = p_worker,
      lease_expires_at = p_now + p_type.lease,
      due_at = least(p_now + p_type.lease, j.deadline)
    where j.id = any (array(
      select w.id
      from public.jobs as w
      where w.type = p_type.type and w.status = 'waiting' and w.run_at <= p_now
        and w.result is null and w.deadline > p_now
      order by w.run_at
      limit p_limit
      for no key update skip locked
    ))
    returning j.*;
end;
$$;

-- sql/platform/jobs/functions/complete_job.sql

-- A worker's success: the result, the product's rows, the capture and the end of
-- the job in one transaction.
create function private.complete_job(
  p_job_id uuid,
  p_lock_token uuid,
  p_result jsonb default '{}'::jsonb,
  p_now timestamptz default now()
)
returns public.jobs
language plpgsql
security definer            -- jobs and product rows are not the caller's to write
set search_path = ''
as $$
declare
  v_job public.jobs;
begin
  if pg_column_size(p_result) > 1048576 then
    raise exception using
      errcode = 'PT400', message = 'result_too_large',
      detail = 'The result is larger than 1 MB.', hint = 'Store files in storage, not in the result.';
  end if;
  v_job := private.lock_claimed_job(p_job_id, p_lock_token, p_now);
  v_job.result := coalesce(p_result, '{}'::jsonb);
  return private.succeed_locked_job(v_job, p_now);
end;
$$;
grant execute on function private.complete_job(uuid, uuid, jsonb, timestamptz) to service_role;

-- sql/platform/jobs/functions/complete_jobs.sql

-- Many successes in one call: [{job_id, lock_token, result}]. Locks are taken in
-- phases, each in order: product rows, lanes, jobs, accounts. An item whose lease is
-- lost is told so alone; the others stand. Jobs without a handler and a hold end
-- together, in three statements however many they are.
create function private.complete_jobs(p_completions jsonb, p_now timestamptz default now())
returns table (job_id uuid, status text, error text)
language plpgsql
security definer            -- jobs and product rows are not the caller's to write
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_accepted integer[];
  v_items jsonb;
  v_job public.jobs;
begin
  if p_completions is null or jsonb_typeof(p_completions) <> 'array'
    or jsonb_array_length(p_completions) > 1000 then
    raise exception using
      errcode = 'PT400', message = 'batch_invalid',
      detail = 'p_completions must be an array of at most 1000 completions.',
      hint = 'Send [{"job_id", "lock_token", "result"}, …].';
  end if;
  perform private.lock_jobs(array(
    select (c.value ->> 'job_id')::uuid from jsonb_array_elements(p_completions) as c
  ));

  -- Which items hold the lease, read under the locks; of a job's twins the first.
  select
    coalesce(array_agg(a.ordinality), '{}'),
    coalesce(jsonb_object_agg(a.id, a.result), '{}'::jsonb)
  into v_accepted, v_items
  from (
    select distinct on (j.id)
      j.id, c.ordinality::integer,
      coalesce(nullif(c.value -> 'result', 'null'::jsonb), '{}'::jsonb) as result
    from jsonb_array_elements(p_completions) with ordinality as c
    join public.jobs as j on j.id = (c.value ->> 'job_id')::uuid
    where j.status = 'processing' and j.lock_token = (c.value ->> 'lock_token')::uuid
      and j.lease_expires_at > p_now
      and coalesce(pg_column_size(c.value -> 'result'), 0) <= 1048576
    order by j.id, c.ordinality
  ) as a;

  perform private.complete_plain_jobs(v_items, p_now);
  for v_job in
    select j.*
    from public.jobs as j
    where j.id in (select k::uuid from jsonb_object_keys(v_items) as k) and j.finished_at is null
    order by j.user_id, j.id
  loop
    v_job.result := v_items -> v_job.id::text;
    perform private.succeed_locked_job(v_job, p_now);
  end loop;

  return query
    select
      (c.value ->> 'job_id')::uuid,
      j.status,
      case
        when j.id is null then 'job_not_found'
        when c.ordinality = any (v_accepted) then null
        when pg_column_size(c.value -> 'result') > 1048576 then 'result_too_large'
        else 'lease_lost'
      end
    from jsonb_array_elements(p_completions) with ordinality as c
    left join public.jobs as j on j.id = (c.value ->> 'job_id')::uuid
    order by c.ordinality;
end;
$$;
grant execute on function private.complete_jobs(jsonb, timestamptz) to service_role;

-- sql/platform/jobs/functions/complete_plain_jobs.sql

-- Ends, together, those of the locked jobs that have neither handler nor hold.
-- p_results is {job id: result}.
create function private.complete_plain_jobs(p_results jsonb, p_now timestamptz)
returns void
language plpgsql
set search_path = ''
as $$
begin
  with ended as (
    update public.jobs as j
    set
      status = 'completed',
      result = r.value,
      error = null,
      progress = 100,
      lock_token = null,
      lease_expires_at = null,
      due_at = null,
      finished_at = p_now
    from jsonb_each(p_results) as r, public.job_types as t
    where j.id = r.key::uuid and t.type = j.type and j.hold_id is null and t.on_success is null
    returning j.id, j.type, j.user_id, j.attempts, j.worker, j.started_at
  ),
  lane as (
    update private.job_lanes as l
    set running = l.running - e.n
    from (
      select d.type, d.user_id, count(*)::integer as n from ended as d group by d.type, d.user_id
    ) as e
    where l.type = e.type and l.user_id = e.user_id
  )
  insert into public.job_attempts as a (job_id, attempt, user_id, worker, outcome, started_at)
  select e.id, e.attempts, e.user_id, e.worker, 'completed', e.started_at
  from ended as e
  on conflict (job_id, attempt) do update
  set outcome = excluded.outcome, error = null, finished_at = excluded.finished_at;
end;
$$;

-- sql/platform/jobs/functions/dispatch_jobs.sql

-- What cron calls every few seconds: rings the worker while there is runnable
-- work. Without a URL it raises: an installation that dispatches nothing must not
-- look healthy.
create function private.dispatch_jobs(p_now timestamptz default now())
returns boolean
language plpgsql
set search_path = ''
as $$
begin
  if not exists (
    select 1
    from private.job_lanes as l
    join public.job_types as t on t.type = l.type
    where l.ready and l.next_at <= p_now and l.running < t.max_running_per_user and t.is_active
  ) and not exists (
    select 1
    from public.jobs as j
    where j.status = 'waiting' and j.run_at <= p_now and j.result is null
  ) then
    return false;
  end if;
  if private.setting('functions_url') is null then
    raise exception using
      errcode = 'PT500', message = 'setting_missing',
      detail = 'Jobs wait, but the setting "functions_url" is missing.',
      hint = 'Set it with private.set_setting; see docs/deploy.md.';
  end if;
  return private.ring_doorbell();
end;
$$;

-- sql/platform/jobs/functions/due_jobs.sql

-- The jobs that a sweep must look at now, the longest due first.
create function private.due_jobs(p_now timestamptz default now(), p_limit integer default 1000)
returns setof uuid
language sql
stable
set search_path = ''
as $$
  select j.id from public.jobs as j where j.due_at <= p_now order by j.due_at limit p_limit;
$$;

-- sql/platform/jobs/functions/end_job.sql

-- The one place where a locked job ends: status, lane, attempt and credits in one
-- transaction. p_outcome is how the attempt ended, if one ran.
create function private.end_job(
  p_job public.jobs,
  p_status text,
  p_outcome text,
  p_error text default null,
  p_now timestamptz default now()
)
returns public.jobs
language plpgsql
set search_path = ''
as $$
declare
  v_job public.jobs;
begin
  update public.jobs as j
  set
    status = p_status,
    result = p_job.result,
    error = left(p_error, 2000),
    progress = case when p_status = 'completed' then 100 else j.progress end,
    lock_token = null,
    lease_expires_at = null,
    due_at = null,
    finished_at = p_now
  where j.id = p_job.id
  returning * into v_job;

  perform private.leave_lane(p_job);
  if p_job.status in ('processing', 'waiting') then
    perform private.record_attempt(p_job, p_outcome, p_error);
  end if;
  perform private.settle_hold(v_job, p_now);
  return v_job;
end;
$$;

-- sql/platform/jobs/functions/fail_job.sql

-- A worker's failure. p_error is shown to the user. Retryable: queued again with
-- backoff and jitter while attempts and deadline allow, else the job ends.
-- p_retry_in overrides the backoff (a provider's Retry-After).
create function private.fail_job(
  p_job_id uuid,
  p_lock_token uuid,
  p_error text,
  p_retryable boolean default true,
  p_retry_in interval default null,
  p_now timestamptz default now()
)
returns public.jobs
language plpgsql
security definer            -- jobs and product rows are not the caller's to write
set search_path = ''
as $$
declare
  v_job public.jobs := private.lock_claimed_job(p_job_id, p_lock_token, p_now);
begin
  return private.fail_locked_job(
    v_job, coalesce(nullif(btrim(p_error), ''), 'The work failed.'), coalesce(p_retryable, true),
    p_now, 'failed', p_retry_in
  );
end;
$$;
grant execute on function private.fail_job(uuid, uuid, text, boolean, interval, timestamptz) to service_role;

-- sql/platform/jobs/functions/fail_locked_job.sql

-- Ends or requeues a locked job that did not succeed. The product's on_failure
-- runs at the end only; if it raises, the job ends all the same.
create function private.fail_locked_job(
  p_job public.jobs,
  p_error text,
  p_retryable boolean,
  p_now timestamptz default now(),
  p_outcome text default 'failed',
  p_retry_in interval default null
)
returns public.jobs
language plpgsql
set search_path = ''
as $$
declare
  v_job public.jobs := p_job;
  v_type public.job_types;
  v_run_at timestamptz;
begin
  select * into v_type from public.job_types as t where t.type = p_job.type;
  if p_retryable and p_job.attempts < p_job.max_attempts then
    -- Half of the backoff is certain, half is jitter: a burst that failed together
    -- does not come back together.
    v_run_at := p_now + case
      when p_retry_in is not null then greatest(p_retry_in, interval '0')
      else least(v_type.backoff * power(2, least(greatest(p_job.attempts - 1, 0), 20)), v_type.max_backoff)
        * (0.5 + random() / 2)
    end;
    if v_run_at < p_job.deadline then
      return private.requeue_locked_job(p_job, v_run_at, p_outcome, p_error);
    end if;
  end if;

  v_job.error := p_error;
  perform private.try_handler(v_type.on_failure, v_job);
  return private.end_job(p_job, 'failed', p_outcome, p_error, p_now);
end;
$$;

-- sql/platform/jobs/functions/heartbeat_job.sql

-- Extends the lease and notes the progress. Touches the job row alone.
create function private.heartbeat_job(
  p_job_id uuid,
  p_lock_token uuid,
  p_progress integer default null,
  p_now timestamptz default now()
)
returns public.jobs
language plpgsql
security definer            -- jobs are not the caller's to write
set search_path = ''
as $$
declare
  v_job public.jobs;
begin
  if p_progress not between 0 and 100 then
    raise exception using
      errcode = 'PT400', message = 'progress_invalid',
      detail = format('The progress is %s.', p_progress), hint = 'Send 0 to 100.';
  end if;
  select * into v_job from public.jobs as j where j.id = p_job_id for no key update;
  if not found then
    raise exception using
      errcode = 'PT404', message = 'job_not_found',
      detail = format('There is no job %s.', coalesce(p_job_id::text, 'null')),
      hint = 'Send the id of a job.';
  end if;
  perform private.require_lease(v_job, p_lock_token, p_now);
  update public.jobs as j
  set
    lease_expires_at = p_now + t.lease,
    due_at = least(p_now + t.lease, j.deadline),
    progress = coalesce(p_progress, j.progress)
  from public.job_types as t
  where j.id = p_job_id and t.type = j.type
  returning j.* into v_job;
  return v_job;
end;
$$;
grant execute on function private.heartbeat_job(uuid, uuid, integer, timestamptz) to service_role;

-- sql/platform/jobs/functions/leave_lane.sql

-- Takes a job out of its lane's counts by the status it had. The lane is locked.
create function private.leave_lane(p_job public.jobs)
returns void
language plpgsql
set search_path = ''
as $$
begin
  if p_job.status = 'queued' then
    update private.job_lanes as l
    set queued = l.queued - 1
    where l.type = p_job.type and l.user_id = p_job.user_id;
  else
    update private.job_lanes as l
    set running = l.running - 1
    where l.type = p_job.type and l.user_id = p_job.user_id;
  end if;
end;
$$;

-- sql/platform/jobs/functions/lock_claimed_job.sql

-- Locks a job for the worker that has its lease. Anyone else, a worker that
-- outlived its lease included, is told PT409 lease_lost and changes nothing.
create function private.lock_claimed_job(
  p_job_id uuid,
  p_lock_token uuid,
  p_now timestamptz default now()
)
returns public.jobs
language plpgsql
security definer            -- jobs are not the caller's to lock
set search_path = ''
as $$
declare
  v_job public.jobs := private.lock_job(p_job_id);
begin
  perform private.require_lease(v_job, p_lock_token, p_now);
  return v_job;
end;
$$;

-- sql/platform/jobs/functions/lock_job.sql

-- Locks what a job stands on, top-down: the product's rows, the lane, the job.
-- Type, user and subject of a job never change, so they are read before. The
-- state is then read under the lock.
create function private.lock_job(p_job_id uuid)
returns public.jobs
language plpgsql
security definer            -- jobs and product rows are not the caller's to lock
set search_path = ''
as $$
declare
  v_job public.jobs;
  v_lock_subject text;
begin
  select * into v_job from public.jobs as j where j.id = p_job_id;
  if not found then
    raise exception using
      errcode = 'PT404', message = 'job_not_found',
      detail = format('There is no job %s.', coalesce(p_job_id::text, 'null')),
      hint = 'Send the id of a job.';
  end if;
  select t.lock_subject into v_lock_subject from public.job_types as t where t.type = v_job.type;
  if v_lock_subject is not null then
    perform private.lock_subjects(v_lock_subject, array[v_job]);
  end if;
  perform 1
  from private.job_lanes as l
  where l.type = v_job.type and l.user_id = v_job.user_id
  for no key update;
  select * into v_job from public.jobs as j where j.id = p_job_id for no key update;
  return v_job;
end;
$$;

-- sql/platform/jobs/functions/lock_jobs.sql

-- Locks many jobs with what they stand on, in phases and each phase in order:
-- product rows, lanes, jobs. So it deadlocks with no single end and no other batch.
create function private.lock_jobs(p_job_ids uuid[])
returns void
language plpgsql
security definer            -- jobs and product rows are not the caller's to lock
set search_path = ''
as $$
declare
  v_subject record;
begin
  for v_subject in
    select t.lock_subject, array_agg(j) as jobs
    from public.jobs as j
    join public.job_types as t on t.type = j.type
    where j.id = any (p_job_ids) and t.lock_subject is not null
    group by t.lock_subject
    order by t.lock_subject
  loop
    perform private.lock_subjects(v_subject.lock_subject, v_subject.jobs);
  end loop;
  perform 1
  from private.job_lanes as l
  where (l.type, l.user_id) in (
    select j.type, j.user_id from public.jobs as j where j.id = any (p_job_ids)
  )
  order by l.type, l.user_id
  for no key update;
  perform 1 from public.jobs as j where j.id = any (p_job_ids) order by j.id for no key update;
end;
$$;

-- sql/platform/jobs/functions/lock_ready_lanes.sql

-- The next lanes of a type in fair order, locked: one, or at most twenty. The limits
-- are literals: a parameter would let a cached plan sort all lanes.
create function private.lock_ready_lanes(p_type text, p_cap integer, p_one boolean, p_now timestamptz)
returns setof private.job_lanes
language plpgsql
set search_path = ''
as $$
begin
  if p_one then
    return query
      select l.*
      from private.job_lanes as l
      where l.type = p_type and l.ready and l.running < p_cap and l.next_at <= p_now
      order by l.running, l.next_at
      limit 1
      for no key update skip locked;
  else
    return query
      select l.*
      from private.job_lanes as l
      where l.type = p_type and l.ready and l.running < p_cap and l.next_at <= p_now
      order by l.running, l.next_at
      limit 20
      for no key update skip locked;
  end if;
end;
$$;

-- sql/platform/jobs/functions/lock_subjects.sql

-- Locks the product rows that jobs stand on, through the function that their type
-- names; it gets all of them, so that it can lock every parent before any child.
create function private.lock_subjects(p_lock_subject text, p_jobs public.jobs[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  if to_regprocedure(p_lock_subject || '(public.jobs[])') is null then
    -- Without its product a job must still end, or its hold stays open for ever.
    raise warning '"%(public.jobs[])" does not exist: its rows are not locked', p_lock_subject;
    return;
  end if;
  execute format('select %s($1)', to_regprocedure(p_lock_subject || '(public.jobs[])')::oid::regproc)
    using p_jobs;
end;
$$;

-- sql/platform/jobs/functions/next_run_at.sql

-- When a lane's next queued job is due, by a skip over its priorities: one index
-- look a priority, however long the queue is.
create function private.next_run_at(p_type text, p_user_id uuid, p_now timestamptz)
returns timestamptz
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    with recursive head as (
      (
        select q.priority, q.run_at
        from public.jobs as q
        where q.status = 'queued' and q.type = p_type and q.user_id = p_user_id
          and q.deadline > p_now
        order by q.priority, q.run_at
        limit 1
      )
      union all
      select n.priority, n.run_at
      from head as h
      cross join lateral (
        select q.priority, q.run_at
        from public.jobs as q
        where q.status = 'queued' and q.type = p_type and q.user_id = p_user_id
          and q.priority > h.priority and q.deadline > p_now
        order by q.priority, q.run_at
        limit 1
      ) as n
    )
    select coalesce(min(h.run_at), 'infinity') from head as h
  );
end;
$$;

-- sql/platform/jobs/functions/price_of.sql

-- What the gate charges, in whole credits, and what quote() answers: the same number.
create function private.price_of(
  p_operation text,
  p_variant text default null,
  p_quantity numeric default 1,
  out unit text,
  out unit_credits numeric,
  out credits integer
)
language plpgsql
stable
security definer            -- one price for every caller
set search_path = ''
as $$
declare
  v_credits numeric;
begin
  if p_quantity is null or not (p_quantity > 0 and p_quantity <= 100000) then
    raise exception using
      errcode = 'PT400', message = 'quantity_invalid',
      detail = format('The quantity is %s.', coalesce(p_quantity::text, 'null')),
      hint = 'Send more than 0 and at most 100000.';
  end if;
  select m.unit, m.credits, ceil(m.credits * p_quantity)
  into unit, unit_credits, v_credits
  from public.metered_operations as m
  where m.operation = p_operation and m.variant = coalesce(p_variant, '') and m.is_active;
  if not found then
    raise exception using
      errcode = 'PT404', message = 'price_not_found',
      detail = format('There is no price of "%s" "%s".', left(p_operation, 100), left(p_variant, 100)),
      hint = 'The price book is public.metered_operations.';
  end if;
  if v_credits > 1000000000 then
    raise exception using
      errcode = 'PT400', message = 'quantity_invalid',
      detail = format('%s of it would cost %s credits.', p_quantity, v_credits),
      hint = 'Ask for at most 1000000000 credits'' worth.';
  end if;
  credits := v_credits::integer;
end;
$$;

-- sql/platform/jobs/functions/purge_history.sql

-- What cron calls: keeps the scheduler's own history a week, and answers of
-- callbacks without a job a week.
create function private.purge_history(p_now timestamptz default now())
returns void
language plpgsql
set search_path = ''
as $$
begin
  delete from cron.job_run_details as d where d.end_time < p_now - interval '7 days';
  delete from private.provider_tasks as k
  where k.job_id is null and k.created_at < p_now - interval '7 days';
end;
$$;

-- sql/platform/jobs/functions/quote.sql

create function private.quote(
  p_operation text,
  p_variant text default null,
  p_quantity numeric default 1
)
returns jsonb
language plpgsql
stable
security definer            -- one price for every caller
set search_path = ''
as $$
declare
  v_price record;
begin
  select * into v_price from private.price_of(p_operation, p_variant, p_quantity);
  return jsonb_build_object(
    'operation', p_operation,
    'variant', coalesce(p_variant, ''),
    'unit', v_price.unit,
    'quantity', p_quantity,
    'unit_credits', v_price.unit_credits,
    'credits', v_price.credits
  );
end;
$$;
grant execute on function private.quote(text, text, numeric) to anon, authenticated, service_role;

-- sql/platform/jobs/functions/reap_due_job.sql

-- What is due of one job, checked again under the lock: its deadline, a lost
-- lease, a result whose handler failed.
create function private.reap_due_job(p_job_id uuid, p_now timestamptz default now())
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_job public.jobs := private.lock_job(p_job_id);
begin
  if v_job.finished_at is not null or v_job.due_at > p_now then
    return;
  end if;
  if v_job.status = 'waiting' and v_job.result is not null then
    perform private.succeed_locked_job(v_job, p_now);
  elsif v_job.deadline <= p_now then
    perform private.fail_locked_job(
      v_job, 'The work took too long and was stopped.', false, p_now, 'deadline_passed'
    );
  elsif v_job.status = 'processing' then
    perform private.fail_locked_job(
      v_job, 'The work was interrupted.', true, p_now, 'lease_expired', interval '0'
    );
  end if;
end;
$$;

-- sql/platform/jobs/functions/reap_job.sql

-- What the sweep calls: reaps a job, or notes why that raised and looks again in a
-- minute, so that such jobs never crowd the others out of the sweep.
create function private.reap_job(p_job_id uuid, p_now timestamptz default now())
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform private.reap_due_job(p_job_id, p_now);
exception when others then
  if sqlstate in ('40001', '40P01') then
    raise;
  end if;
  insert into private.handler_errors (job_id, error)
  values (p_job_id, left(format('reap: %s (%s)', sqlerrm, sqlstate), 2000));
  update public.jobs as j
  set due_at = p_now + interval '1 minute'
  where j.id = p_job_id and j.finished_at is null;
end;
$$;

-- sql/platform/jobs/functions/record_attempt.sql

create function private.record_attempt(p_job public.jobs, p_outcome text, p_error text default null)
returns void
language plpgsql
set search_path = ''
as $$
begin
  insert into public.job_attempts as a (
    job_id, attempt, user_id, worker, outcome, error, started_at
  )
  values (
    p_job.id, p_job.attempts, p_job.user_id, p_job.worker, p_outcome,
    left(p_error, 2000), p_job.started_at
  )
  on conflict (job_id, attempt) do update
  set outcome = excluded.outcome, error = excluded.error, finished_at = excluded.finished_at;
end;
$$;

-- sql/platform/jobs/functions/record_provider_callback.sql

-- A provider says that its task ended. The payload is kept and its job is made
-- runnable now; a worker then finishes it like a poll would, so that of callback
-- and poll one counts and the other is a note.
create function private.record_provider_callback(
  p_provider text,
  p_external_id text,
  p_payload jsonb,
  p_now timestamptz default now()
)
returns jsonb
language plpgsql
security definer            -- jobs and tasks are not the caller's to write
set search_path = ''
as $$
declare
  v_job_id uuid;
  v_job public.jobs;
begin
  perform private.check_text('p_provider', p_provider, 100);
  perform private.check_text('p_external_id', p_external_id, 500);
  -- Twice at most: the task may appear between the look and the insert.
  for i in 1 .. 2 loop
    select k.job_id into v_job_id
    from private.provider_tasks as k
    where k.provider = p_provider and k.external_id = p_external_id;
    exit when v_job_id is not null;
    insert into private.provider_tasks as k (provider, external_id, callback, called_back_at)
    values (p_provider, p_external_id, coalesce(p_payload, '{}'::jsonb), p_now)
    on conflict (provider, external_id) do nothing;
    if found then
      return jsonb_build_object('outcome', 'unknown', 'job_id', null);
    end if;
  end loop;
  if v_job_id is null then
    return jsonb_build_object('outcome', 'unknown', 'job_id', null);
  end if;

  select * into v_job from public.jobs as j where j.id = v_job_id for no key update;
  update private.provider_tasks as k
  set callback = coalesce(k.callback, p_payload, '{}'::jsonb), called_back_at = coalesce(k.called_back_at, p_now)
  where k.provider = p_provider and k.external_id = p_external_id;
  -- A late repeat about an order that was given up must not end the one after it.
  if v_job.finished_at is not null
    or (v_job.status = 'waiting' and (v_job.state ->> 'provider', v_job.state ->> 'external_id')
      is distinct from (p_provider, p_external_id)) then
    return jsonb_build_object('outcome', 'already_ended', 'job_id', v_job_id);
  end if;
  if v_job.status = 'waiting' and v_job.result is null then
    update public.jobs as j
    set
      run_at = least(j.run_at, p_now),
      state = j.state || jsonb_build_object('callback', coalesce(p_payload, '{}'::jsonb))
    where j.id = v_job_id;
    perform private.ring_doorbell();
  end if;
  return jsonb_build_object('outcome', 'woken', 'job_id', v_job_id);
end;
$$;
grant execute on function private.record_provider_callback(text, text, jsonb, timestamptz) to service_role;

-- sql/platform/jobs/functions/request_jobs.sql

-- The gate: prices the requests, holds their credits and enqueues their jobs, or
-- fails whole with one clear error. Product rows are locked before; then lanes in
-- order, once each, then accounts. The request row's primary key is what keeps a
-- retried insert from charging twice; the hold has no key of its own, since an id
-- that was deleted and is used again is a new request.
create function private.request_jobs(
  p_requests private.job_request[],
  p_now timestamptz default now()
)
returns setof public.jobs
language plpgsql
security definer            -- jobs and holds are not the caller's to write
set search_path = ''
as $$
declare
  v_request private.job_request;
  v_type public.job_types;
  v_price integer;
  v_hold public.credit_holds;
  v_lane record;
begin
  if coalesce(cardinality(p_requests), 0) = 0 then
    return;
  end if;
  perform private.require_active(u.user_id)
  from (select distinct r.user_id from unnest(p_requests) as r order by 1) as u;

  for v_lane in
    select r.type, r.user_id, count(*)::integer as n
    from unnest(p_requests) as r
    group by r.type, r.user_id
    order by r.type, r.user_id
  loop
    select * into v_type from public.job_types as t where t.type = v_lane.type and t.is_active;
    if not found then
      raise exception using
        errcode = 'PT400', message = 'job_type_unknown',
        detail = format('"%s" is not an active type of job.', v_lane.type),
        hint = 'The types are in public.job_types.';
    end if;
    perform private.add_to_lane(v_lane.type, v_lane.user_id, v_lane.n, 0::smallint, p_now, v_type.max_queued_per_user);
  end loop;

  perform 1
  from public.credit_accounts as a
  where a.user_id in (select r.user_id from unnest(p_requests) as r)
  order by a.user_id
  for no key update;
  foreach v_request in array p_requests loop
    select * into v_type from public.job_types as t where t.type = v_request.type;
    v_price := 0;
    v_hold := null;
    if v_request.operation is not null then
      select p.credits into v_price
      from private.price_of(v_request.operation, v_request.variant, coalesce(v_request.quantity, 1)) as p;
    end if;
    if v_price > 0 then
      v_hold := private.hold_credits(
        v_request.user_id, v_price,
        v_request.operation || coalesce(' ' || nullif(v_request.variant, ''), ''),
        jsonb_build_object('operation', v_request.operation, 'subject_id', v_request.subject_id),
        p_expires_in => null, p_now => p_now
      );
    end if;
    return query
      insert into public.jobs as j (
        user_id, type, subject_id, payload, max_attempts, run_at, price, hold_id, deadline, due_at
      )
      values (
        v_request.user_id, v_request.type, v_request.subject_id,
        coalesce(v_request.payload, '{}'::jsonb), v_type.max_attempts, p_now, v_price, v_hold.id,
        p_now + v_type.deadline, p_now + v_type.deadline
      )
      returning *;
  end loop;
end;
$$;

-- sql/platform/jobs/functions/requeue_locked_job.sql

-- Puts a locked, claimed job back into its lane for a later claim. With an
-- outcome the attempt is recorded; without, the claim did not count.
create function private.requeue_locked_job(
  p_job public.jobs,
  p_run_at timestamptz,
  p_outcome text default null,
  p_error text default null
)
returns public.jobs
language plpgsql
set search_path = ''
as $$
declare
  v_job public.jobs;
begin
  if p_outcome is not null then
    perform private.record_attempt(p_job, p_outcome, p_error);
  end if;
  update public.jobs as j
  set
    status = 'queued',
    run_at = p_run_at,
    attempts = case when p_outcome is null then greatest(j.attempts - 1, 0) else j.attempts end,
    error = left(p_error, 2000),
    -- A lost lease keeps the provider's task, which is asked again; a failure
    -- starts over.
    state = case when p_outcome is distinct from 'failed' then j.state end,
    lock_token = null,
    lease_expires_at = null,
    due_at = j.deadline
  where j.id = p_job.id
  returning * into v_job;
  perform private.leave_lane(p_job);
  perform private.add_to_lane(p_job.type, p_job.user_id, 1, p_job.priority, p_run_at);
  return v_job;
end;
$$;

-- sql/platform/jobs/functions/require_lease.sql

create function private.require_lease(p_job public.jobs, p_lock_token uuid, p_now timestamptz)
returns void
language plpgsql
immutable
set search_path = ''
as $$
begin
  if p_job.status <> 'processing'
    or p_job.lock_token is distinct from p_lock_token
    or p_job.lease_expires_at <= p_now then
    raise exception using
      errcode = 'PT409', message = 'lease_lost',
      detail = format('Job %s is %s and not under this lock token.', p_job.id, p_job.status),
      hint = 'Stop working on it and drop the result.';
  end if;
end;
$$;

-- sql/platform/jobs/functions/result_file.sql

-- The file of a kind in a job's result, if it lies in the user's folder of the
-- bucket results: a worker cannot point a user's row at somebody else's file.
create function private.result_file(p_job public.jobs, p_kind text)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select f.value
  from jsonb_array_elements(
    case when jsonb_typeof(p_job.result -> 'files') = 'array' then p_job.result -> 'files' else '[]'::jsonb end
  ) as f
  where f.value ->> 'kind' = p_kind
    and f.value ->> 'bucket' = 'results'
    and split_part(f.value ->> 'path', '/', 1) = p_job.user_id::text
    and f.value ->> 'path' !~ '(^|/)\.\.?(/|$)'
  limit 1;
$$;

-- sql/platform/jobs/functions/ring_doorbell.sql

-- Tells the worker function that there is work, through pg_net after commit. It
-- rings at most every 20 ms and never waits: a ring that is lost loses nothing,
-- since cron rings again while there is work.
create function private.ring_doorbell()
returns boolean
language plpgsql
security definer            -- the secret is not the caller's to read
set search_path = ''
as $$
declare
  v_url text := private.setting('functions_url');
begin
  if v_url is null then
    return false;
  end if;
  update private.doorbell as d
  set rung_at = clock_timestamp()
  where d.id = (
    select b.id
    from private.doorbell as b
    where b.rung_at < clock_timestamp() - interval '20 milliseconds'
    for no key update skip locked
  );
  if not found then
    return false;
  end if;
  perform net.http_post(
    url => v_url || '/worker',
    body => '{"type": "doorbell"}'::jsonb,
    headers => jsonb_build_object(
      'content-type', 'application/json',
      'authorization', 'Bearer ' || private.secret('worker_secret')
    ),
    timeout_milliseconds => 5000
  );
  return true;
end;
$$;

-- sql/platform/jobs/functions/ring_on_enqueue.sql

create function private.ring_on_enqueue()
returns trigger
language plpgsql
security definer            -- the secret is not the caller's to read
set search_path = ''
as $$
begin
  perform private.ring_doorbell();
  return null;
end;
$$;

-- sql/platform/jobs/functions/run_handler.sql

-- Calls a product's handler by name. A name that no longer resolves raises: with
-- format() alone a null name would run nothing and look like success.
create function private.run_handler(p_handler text, p_job public.jobs)
returns void
language plpgsql
set search_path = ''
as $$
begin
  if p_handler is null or to_regprocedure(p_handler || '(public.jobs)') is null then
    raise exception using
      errcode = 'PT500', message = 'handler_missing',
      detail = format('"%s(public.jobs)" does not exist.', p_handler),
      hint = 'Restore the function or change public.job_types.';
  end if;
  execute format('select %s($1)', to_regprocedure(p_handler || '(public.jobs)')::oid::regproc) using p_job;
end;
$$;

-- sql/platform/jobs/functions/settle_hold.sql

-- Settles an ended job's part of its hold: success captures its price; the last
-- job of a hold gives the rest back. Whether it is the last is asked under the
-- account lock, so of two that end at once one sees the other.
create function private.settle_hold(p_job public.jobs, p_now timestamptz)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_hold public.credit_holds;
  v_is_last boolean;
  v_price integer;
begin
  if p_job.hold_id is null then
    return;
  end if;
  v_hold := private.lock_hold(p_job.hold_id, p_now);
  if v_hold.status <> 'held' then
    return;                 -- ended by an operator; the job's end stands
  end if;
  v_is_last := not exists (
    select 1 from public.jobs as j where j.hold_id = p_job.hold_id and j.finished_at is null
  );
  v_price := case
    when p_job.status = 'completed' then least(p_job.price, v_hold.amount - v_hold.captured)
    else 0
  end;
  if v_price > 0 then
    perform private.capture_locked_hold(
      v_hold, v_price, v_is_last, null, p_job.id, p_now
    );
  elsif v_is_last then
    perform private.release_hold(p_job.hold_id, p_now);
  end if;
end;
$$;

-- sql/platform/jobs/functions/snooze_job.sql

-- Lays a claimed job aside until p_run_at. With a state that names the provider's
-- task it is waiting and keeps its slot, and a callback for that task wakes it;
-- without, it is queued again and gives its slot back. Neither counts as an attempt.
create function private.snooze_job(
  p_job_id uuid,
  p_lock_token uuid,
  p_run_at timestamptz,
  p_state jsonb default null,
  p_now timestamptz default now()
)
returns public.jobs
language plpgsql
security definer            -- jobs are not the caller's to write
set search_path = ''
as $$
declare
  v_job public.jobs := private.lock_claimed_job(p_job_id, p_lock_token, p_now);
  v_callback jsonb;
begin
  if p_run_at is null then
    raise exception using
      errcode = 'PT400', message = 'argument_missing',
      detail = 'p_run_at must not be null.', hint = 'Send the time of the next look.';
  end if;
  if p_state is null then
    return private.requeue_locked_job(v_job, p_run_at);
  end if;
  if jsonb_typeof(p_state) <> 'object' or pg_column_size(p_state) > 65536
    or p_state ->> 'provider' is null or p_state ->> 'external_id' is null then
    raise exception using
      errcode = 'PT400', message = 'state_invalid',
      detail = 'The state is not a small object with provider and external_id.',
      hint = 'Send {"provider", "external_id", …}, at most 64 kB.';
  end if;

  -- The job first, then the task, as the callback does. A callback that came
  -- before this commit is waiting in the task row.
  insert into private.provider_tasks as k (provider, external_id, job_id)
  values (p_state ->> 'provider', p_state ->> 'external_id', p_job_id)
  on conflict (provider, external_id) do update
  set job_id = coalesce(k.job_id, excluded.job_id)
  returning k.callback into v_callback;
  -- Heard once is enough: the worker keeps a callback in the state that it has seen.
  if p_state ? 'callback' then
    v_callback := null;
  end if;

  update public.jobs as j
  set
    status = 'waiting',
    run_at = case when v_callback is null then p_run_at else p_now end,
    state = case
      when v_callback is null then p_state
      else p_state || jsonb_build_object('callback', v_callback)
    end,
    lock_token = null,
    lease_expires_at = null,
    due_at = j.deadline
  where j.id = p_job_id
  returning * into v_job;
  if v_callback is not null then
    perform private.ring_doorbell();
  end if;
  return v_job;
end;
$$;
grant execute on function private.snooze_job(uuid, uuid, timestamptz, jsonb, timestamptz) to service_role;

-- sql/platform/jobs/functions/start_job.sql

-- Tells the product that a claimed job begins: its on_start runs here, in its own
-- transaction, because a claim never touches product rows.
create function private.start_job(p_job_id uuid, p_lock_token uuid, p_now timestamptz default now())
returns public.jobs
language plpgsql
security definer            -- jobs and product rows are not the caller's to write
set search_path = ''
as $$
declare
  v_job public.jobs := private.lock_claimed_job(p_job_id, p_lock_token, p_now);
begin
  if not private.try_handler(
    (select t.on_start from public.job_types as t where t.type = v_job.type), v_job
  ) then
    return private.fail_locked_job(v_job, 'The work could not be started.', false, p_now);
  end if;
  return v_job;
end;
$$;
grant execute on function private.start_job(uuid, uuid, timestamptz) to service_role;

-- sql/platform/jobs/functions/succeed_locked_job.sql

-- Ends a locked job whose result is known. If on_success raises, the result is
-- kept and only the handler is tried again by the sweep, a few times; then the
-- job fails, its hold is released and the error is kept.
create function private.succeed_locked_job(p_job public.jobs, p_now timestamptz)
returns public.jobs
language plpgsql
set search_path = ''
as $$
declare
  v_job public.jobs := p_job;
begin
  if private.try_handler(
    (select t.on_success from public.job_types as t where t.type = p_job.type), v_job
  ) then
    return private.end_job(v_job, 'completed', 'completed', null, p_now);
  end if;
  if p_job.handler_attempts + 1 >= 5 or p_now >= p_job.deadline then
    return private.fail_locked_job(v_job, 'The result could not be stored.', false, p_now);
  end if;
  update public.jobs as j
  set
    status = 'waiting',
    result = p_job.result,
    handler_attempts = j.handler_attempts + 1,
    lock_token = null,
    lease_expires_at = null,
    due_at = least(p_now + interval '5 seconds' * power(2, p_job.handler_attempts), p_job.deadline)
  where j.id = p_job.id
  returning * into v_job;
  return v_job;
end;
$$;

-- sql/platform/jobs/functions/try_handler.sql

-- Calls a handler in a subtransaction: when it raises, what it did is undone, its
-- error is kept for operators, and the answer is false. No handler is a success.
create function private.try_handler(p_handler text, p_job public.jobs)
returns boolean
language plpgsql
set search_path = ''
as $$
declare
  v_error text;
begin
  if p_handler is null then
    return true;
  end if;
  begin
    perform private.run_handler(p_handler, p_job);
    return true;
  exception when others then
    -- A deadlock or a serialization failure is the caller's to retry whole.
    if sqlstate in ('40001', '40P01') then
      raise;
    end if;
    v_error := format('%s: %s (%s)', p_handler, sqlerrm, sqlstate);
  end;
  insert into private.handler_errors (job_id, error) values (p_job.id, left(v_error, 2000));
  return false;
end;
$$;

-- sql/platform/storage/functions/count_storage.sql

-- What cron calls: writes each account's used storage, for the views that show it.
create function private.count_storage()
returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_changed integer;
begin
  with used as (
    select split_part(o.name, '/', 1) as owner, sum((o.metadata ->> 'size')::bigint) / 1048576.0 as mb
    from storage.objects as o
    where o.bucket_id in ('uploads', 'results')
    group by 1
  ),
  target as (
    select a.user_id, coalesce(u.mb, 0) as mb
    from public.credit_accounts as a
    left join used as u on u.owner = a.user_id::text
    where a.storage_used_mb is distinct from coalesce(u.mb, 0)
    order by a.user_id
    for no key update of a
  )
  update public.credit_accounts as a
  set storage_used_mb = t.mb
  from target as t
  where a.user_id = t.user_id;
  get diagnostics v_changed = row_count;
  return v_changed;
end;
$$;

-- sql/platform/storage/functions/has_storage_room.sql

-- Whether the caller may upload more: under the setting storage_limit_mb, active.
create function private.has_storage_room()
returns boolean
language plpgsql
stable
security definer            -- sums what the caller may not list
set search_path = ''
as $$
declare
  v_user_id uuid := private.user_id();
begin
  return exists (select 1 from public.profiles as p where p.id = v_user_id and p.is_active)
    and private.storage_used_bytes(v_user_id)
      < private.setting('storage_limit_mb', '1024')::bigint * 1048576;
end;
$$;
grant execute on function private.has_storage_room() to authenticated;

-- sql/platform/storage/functions/is_delivered.sql

-- Whether a file of the bucket results was delivered to the caller: a completed job
-- of theirs names it. Before that it is the worker's, or whoever cancels at the right
-- moment would have the work for nothing.
create function private.is_delivered(p_name text)
returns boolean
language plpgsql
stable
security definer            -- looks into jobs whatever the policies say
set search_path = ''
as $$
declare
  v_subject_id text := split_part(p_name, '/', 2);
begin
  return private.is_uuid(v_subject_id) and exists (
    select 1
    from public.jobs as j
    where j.subject_id = v_subject_id::uuid and j.user_id = private.user_id()
      and j.status = 'completed'
      and j.result -> 'files' @> jsonb_build_array(jsonb_build_object('path', p_name))
  );
end;
$$;
grant execute on function private.is_delivered(text) to authenticated;

-- sql/platform/storage/functions/my_storage.sql

create function private.my_storage()
returns jsonb
language plpgsql
stable
security definer            -- sums by name, which the policy does by row
set search_path = ''
as $$
declare
  v_user_id uuid := private.require_user_id();
begin
  return jsonb_build_object(
    'used_bytes', private.storage_used_bytes(v_user_id),
    'limit_bytes', private.setting('storage_limit_mb', '1024')::bigint * 1048576
  );
end;
$$;
grant execute on function private.my_storage() to authenticated;

-- sql/platform/storage/functions/object_url.sql

-- The address of a private object: it answers to its owner's token.
create function private.object_url(p_bucket text, p_path text)
returns text
language sql
stable
set search_path = ''
as $$
  select private.setting('api_url', '') || '/storage/v1/object/authenticated/' || p_bucket || '/' || p_path;
$$;

-- sql/platform/storage/functions/remove_all_files.sql

-- Enqueues the removal of every file of a user, a thousand a job.
create function private.remove_all_files(p_user_id uuid)
returns void
language plpgsql
security definer            -- a system job of somebody's files
set search_path = ''
as $$
declare
  v_part record;
begin
  for v_part in
    select n.bucket_id, array_agg(n.name) as names
    from (
      select
        o.bucket_id, o.name,
        (row_number() over (partition by o.bucket_id order by o.name) - 1) / 1000 as part
      from storage.objects as o
      where o.bucket_id in ('uploads', 'results')
        and o.name >= p_user_id::text || '/' and o.name < p_user_id::text || '0'
    ) as n
    group by n.bucket_id, n.part
    order by n.bucket_id, n.part
  loop
    perform private.remove_files(p_user_id, v_part.bucket_id, v_part.names);
  end loop;
end;
$$;

-- sql/platform/storage/functions/remove_files.sql

-- Enqueues the removal of a user's files through the Storage API; rows of
-- storage.objects are never deleted by SQL, which would leave the files behind.
create function private.remove_files(p_user_id uuid, p_bucket text, p_paths text[])
returns void
language plpgsql
security definer            -- a system job of somebody's files
set search_path = ''
as $$
declare
  -- Only what is there: an invented name is no work.
  v_paths text[] := array(
    select o.name
    from storage.objects as o
    where o.bucket_id = p_bucket and o.name = any (p_paths)
    order by o.name
  );
begin
  if cardinality(v_paths) = 0 then
    return;
  end if;
  perform private.add_to_lane('storage.remove_files', p_user_id, 1, 0::smallint, now());
  insert into public.jobs (user_id, type, payload, max_attempts, deadline, due_at)
  select
    p_user_id, t.type, jsonb_build_object('bucket', p_bucket, 'paths', to_jsonb(v_paths)),
    t.max_attempts, now() + t.deadline, now() + t.deadline
  from public.job_types as t
  where t.type = 'storage.remove_files';
end;
$$;

-- sql/platform/storage/functions/require_upload.sql

-- The path of a user's own uploaded object, or a refusal: PT400 source_not_in_storage
-- when it is no object of their folder, PT404 upload_not_found when it is not there.
create function private.require_upload(p_user_id uuid, p_url text)
returns text
language plpgsql
stable
security definer            -- looks into storage whatever the caller sees
set search_path = ''
as $$
declare
  v_path text := private.storage_path('uploads', p_url);
begin
  if v_path is null or split_part(v_path, '/', 1) <> p_user_id::text then
    raise exception using
      errcode = 'PT400', message = 'source_not_in_storage',
      detail = 'The file is not in your folder of the bucket uploads.',
      hint = 'Upload it to uploads/<your user id>/… and send that path.';
  end if;
  if not exists (
    select 1 from storage.objects as o where o.bucket_id = 'uploads' and o.name = v_path
  ) then
    raise exception using
      errcode = 'PT404', message = 'upload_not_found',
      detail = format('There is no object %s in the bucket uploads.', v_path),
      hint = 'Upload the file before asking for work on it.';
  end if;
  return v_path;
end;
$$;

-- sql/platform/storage/functions/storage_path.sql

-- The path of an object in a bucket, from what a front end stores as a url: a path,
-- or any storage address of this installation; encoded characters are decoded once.
-- Null for anything else, so that no
-- worker ever fetches an address that a user made up.
create function private.storage_path(p_bucket text, p_url text)
returns text
language plpgsql
stable
set search_path = ''
as $$
declare
  v_path text := p_url;
  v_base text := private.setting('api_url');
begin
  if v_base is not null and starts_with(v_path, v_base || '/') then
    v_path := substr(v_path, char_length(v_base) + 1);
  end if;
  v_path := regexp_replace(
    v_path, '^/storage/v1/object/(?:(?:authenticated|public|sign)/)?' || p_bucket || '/', ''
  );
  v_path := private.url_decode(regexp_replace(v_path, '[?#].*$', ''));
  if v_path is null or v_path like '%\%%' or v_path !~ '^[0-9a-f-]{36}/[^/\\]' or v_path ~ '(^|/)\.\.?(/|$)' or v_path ~ '[[:cntrl:]\\]'
    or v_path ~ '//' or char_length(v_path) > 1024 then
    return null;
  end if;
  return v_path;
end;
$$;

-- sql/platform/storage/functions/storage_used_bytes.sql

-- Bytes that a user's objects take in both buckets, by the prefix of their names.
create function private.storage_used_bytes(p_user_id uuid)
returns bigint
language sql
stable
security definer            -- sums what the caller may not list
set search_path = ''
as $$
  select coalesce(sum((o.metadata ->> 'size')::bigint), 0)::bigint
  from storage.objects as o
  where o.bucket_id in ('uploads', 'results')
    and o.name >= p_user_id::text || '/' and o.name < p_user_id::text || '0';
$$;

-- sql/platform/storage/functions/url_decode.sql

-- Decodes the %xx of an address once; null when the bytes are not UTF-8 text.
create function private.url_decode(p_text text)
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  if strpos(p_text, '%') = 0 then
    return p_text;
  end if;
  return (
    select convert_from(
      string_agg(
        case when m.part[1] is null then convert_to(m.part[2], 'UTF8') else decode(m.part[1], 'hex') end,
        ''::bytea order by m.ordinality
      ),
      'UTF8'
    )
    from regexp_matches(p_text, '%([0-9a-fA-F]{2})|([^%]+|%)', 'g') with ordinality as m (part, ordinality)
  );
exception when character_not_in_repertoire or untranslatable_character then
  return null;
end;
$$;

-- sql/platform/ai/functions/api_cost.sql

-- What one operation of a provider costs us on a day; null when no price is known.
create function private.api_cost(
  p_api_provider text,
  p_operation_type text,
  p_on date default current_date
)
returns numeric
language sql
stable
set search_path = ''
as $$
  select c.cost_per_operation
  from public.api_costs as c
  where c.api_provider = p_api_provider and c.operation_type = p_operation_type
    and c.is_active and c.effective_date <= p_on
  order by c.effective_date desc
  limit 1;
$$;

-- sql/platform/ai/functions/record_api_usage.sql

-- Logs a provider call of a job. A call that failed cost nothing that we know of.
create function private.record_api_usage(
  p_job_id uuid,
  p_api_provider text,
  p_operation_type text,
  p_request jsonb default null,
  p_response jsonb default null,
  p_status_code integer default null,
  p_response_time numeric default null,
  p_error text default null
)
returns void
language plpgsql
security definer            -- the log is not the caller's to write
set search_path = ''
as $$
declare
  v_user_id uuid;
begin
  perform private.check_text('p_api_provider', p_api_provider, 100);
  perform private.check_text('p_operation_type', p_operation_type, 100);
  if pg_column_size(p_request) > 65536 or pg_column_size(p_response) > 65536 then
    raise exception using
      errcode = 'PT400', message = 'metadata_invalid',
      detail = 'A logged request or answer is larger than 64 kB.', hint = 'Log a summary.';
  end if;
  select j.user_id into v_user_id from public.jobs as j where j.id = p_job_id;
  if not found then
    raise exception using
      errcode = 'PT404', message = 'job_not_found',
      detail = format('There is no job %s.', coalesce(p_job_id::text, 'null')),
      hint = 'Send the id of a job.';
  end if;
  insert into public.api_usage_logs (
    user_id, job_id, api_provider, operation_type, request_data, response_data,
    status_code, response_time, cost, error_message
  )
  values (
    v_user_id, p_job_id, p_api_provider, p_operation_type, p_request, p_response,
    p_status_code, least(greatest(p_response_time, 0), 99999999),
    case when p_error is null then private.api_cost(p_api_provider, p_operation_type) end,
    left(p_error, 2000)
  );
end;
$$;
grant execute on function private.record_api_usage(
  uuid, text, text, jsonb, jsonb, integer, numeric, text
) to service_role;

-- sql/platform/billing/functions/apply_checkout_session.sql

-- A session that is paid grants its package's credits, once a payment: the payment
-- is the key, so the session, the late success of a slow method and the same event
-- under another id are one grant.
create function private.apply_checkout_session(p_session jsonb, p_now timestamptz)
returns text
language plpgsql
set search_path = ''
as $$
declare
  v_checkout public.checkouts;
  -- The payment's id, also where Stripe expanded it into an object.
  v_key text := coalesce(
    p_session -> 'payment_intent' ->> 'id', p_session ->> 'payment_intent', p_session ->> 'id'
  );
  v_grant public.credit_transactions;
begin
  if p_session ->> 'mode' is distinct from 'payment' then
    return 'ignored';
  end if;
  v_checkout := private.lock_checkout(p_session);
  if v_checkout.id is null then
    -- A session without our mark was made by somebody else than checkout.
    return case when p_session -> 'metadata' ->> 'checkout_id' is null then 'ignored' else 'waiting' end;
  end if;
  if p_session ->> 'customer' is not null then
    perform private.attach_customer(v_checkout.user_id, p_session ->> 'customer');
  end if;
  if coalesce(p_session ->> 'payment_status', '') not in ('paid', 'no_payment_required') then
    return 'applied';       -- a slow method: its own event tells how it ended
  end if;
  if p_session ->> 'currency' is distinct from v_checkout.currency
    or coalesce((p_session ->> 'amount_subtotal')::integer, v_checkout.unit_amount) <> v_checkout.unit_amount then
    raise exception using
      errcode = 'PT422', message = 'amount_mismatch',
      detail = format('Offered %s %s, the session says %s %s.', v_checkout.unit_amount,
        v_checkout.currency, p_session ->> 'amount_subtotal', p_session ->> 'currency'),
      hint = 'Compare the checkout with the session in Stripe.';
  end if;

  if exists (
    select 1
    from public.payments as p
    where p.checkout_id = v_checkout.id and (p.source, p.external_id) <> ('stripe', v_key)
  ) then
    raise exception using
      errcode = 'PT422', message = 'checkout_already_paid',
      detail = format('Checkout %s was paid by another payment than %s.', v_checkout.id, v_key),
      hint = 'Compare both in Stripe; one checkout grants once.';
  end if;

  -- The payment first: who comes second, for whichever checkout, waits here and
  -- finds it made.
  insert into public.payments (source, external_id, user_id, checkout_id, amount, currency, credits)
  values (
    'stripe', v_key, v_checkout.user_id, v_checkout.id,
    coalesce((p_session ->> 'amount_total')::integer, v_checkout.unit_amount), v_checkout.currency,
    v_checkout.credits
  )
  on conflict (source, external_id) do nothing;
  if found then
    v_grant := private.grant_credits(
      v_checkout.user_id, v_checkout.credits, 'purchase', 'Credit package',
      jsonb_build_object(
        'checkout_id', v_checkout.id, 'package_id', v_checkout.package_id,
        'stripe_payment_intent_id', nullif(v_key, p_session ->> 'id')
      ),
      'stripe:payment:' || v_key, p_now + v_checkout.expires_after, 'stripe_payment', v_key,
      p_now => p_now
    );
    update public.payments as p
    set lot_seq = v_grant.seq
    where p.source = 'stripe' and p.external_id = v_key;
  elsif not exists (
    select 1
    from public.payments as p
    where p.source = 'stripe' and p.external_id = v_key and p.checkout_id = v_checkout.id
  ) then
    raise exception using
      errcode = 'PT422', message = 'payment_of_another_checkout',
      detail = format('Payment %s was booked for another checkout than %s.', v_key, v_checkout.id),
      hint = 'Compare both in Stripe; one payment grants once.';
  end if;
  update public.checkouts as c
  set status = 'paid', external_id = coalesce(c.external_id, p_session ->> 'id')
  where c.id = v_checkout.id;
  return 'applied';
end;
$$;

-- sql/platform/billing/functions/apply_stripe_event.sql

-- What a Stripe event does: applied, ignored (a type without effect) or waiting.
create function private.apply_stripe_event(p_event jsonb, p_now timestamptz)
returns text
language plpgsql
set search_path = ''
as $$
declare
  v_object jsonb := p_event -> 'data' -> 'object';
begin
  return case p_event ->> 'type'
    when 'checkout.session.completed' then private.apply_checkout_session(v_object, p_now)
    when 'checkout.session.async_payment_succeeded' then private.apply_checkout_session(v_object, p_now)
    when 'checkout.session.async_payment_failed' then private.end_checkout(v_object, 'failed')
    when 'checkout.session.expired' then private.end_checkout(v_object, 'expired')
    else 'ignored'
  end;
end;
$$;

-- sql/platform/billing/functions/attach_checkout.sql

-- Notes the provider's session of a checkout, once; another session for it is PT409.
create function private.attach_checkout(
  p_checkout_id uuid,
  p_external_id text,
  p_url text,
  p_stripe_customer_id text default null
)
returns jsonb
language plpgsql
security definer            -- checkouts are not the caller's to write
set search_path = ''
as $$
declare
  v_checkout public.checkouts;
begin
  perform private.check_text('p_external_id', p_external_id, 255);
  perform private.check_text('p_url', p_url, 4096);
  select * into v_checkout
  from public.checkouts as c
  where c.id = p_checkout_id
  for no key update;
  if not found then
    raise exception using
      errcode = 'PT404', message = 'checkout_not_found',
      detail = format('There is no checkout %s.', coalesce(p_checkout_id::text, 'null')),
      hint = 'Send the id that create_checkout returned.';
  end if;
  if v_checkout.external_id is null and not exists (
    select 1
    from public.checkouts as c
    where c.source = v_checkout.source and c.external_id = p_external_id
  ) then
    update public.checkouts as c
    set external_id = p_external_id, url = p_url
    where c.id = p_checkout_id
    returning * into v_checkout;
  end if;
  if v_checkout.external_id is distinct from p_external_id then
    raise exception using
      errcode = 'PT409', message = 'checkout_already_attached',
      detail = format(
        'Checkout %s has %s, not %s.', p_checkout_id,
        coalesce('the session ' || v_checkout.external_id, 'no session'), p_external_id
      ),
      hint = 'A checkout has one session, and a session one checkout.';
  end if;
  if p_stripe_customer_id is not null then
    perform private.attach_customer(v_checkout.user_id, p_stripe_customer_id);
  end if;
  return jsonb_build_object(
    'checkout_id', v_checkout.id, 'session_id', v_checkout.external_id, 'url', v_checkout.url
  );
end;
$$;
grant execute on function private.attach_checkout(uuid, text, text, text) to service_role;

-- sql/platform/billing/functions/attach_customer.sql

-- A user has one Stripe customer, the first that is told; a customer has one user.
create function private.attach_customer(p_user_id uuid, p_stripe_customer_id text)
returns void
language plpgsql
set search_path = ''
as $$
begin
  insert into public.customers as c (user_id, stripe_customer_id)
  values (p_user_id, p_stripe_customer_id)
  on conflict do nothing;
end;
$$;

-- sql/platform/billing/functions/begin_checkout.sql

-- Writes an offer down as it is now. Of two first calls with one key the second
-- finds what the first wrote.
create function private.begin_checkout(
  p_user_id uuid,
  p_package public.credit_packages,
  p_idempotency_key text
)
returns public.checkouts
language plpgsql
set search_path = ''
as $$
declare
  v_checkout public.checkouts;
begin
  insert into public.checkouts as c (
    user_id, package_id, idempotency_key, credits, unit_amount, currency, expires_after
  )
  values (
    p_user_id, p_package.id, p_idempotency_key, p_package.credits, p_package.unit_amount,
    p_package.currency, p_package.expires_after
  )
  on conflict (user_id, idempotency_key) do nothing
  returning * into v_checkout;
  if not found then
    select * into v_checkout
    from public.checkouts as c
    where c.user_id = p_user_id and c.idempotency_key = p_idempotency_key;
    return v_checkout;
  end if;
  if (
    select count(*)
    from public.checkouts as c
    where c.user_id = p_user_id and c.status = 'open' and c.created_at > now() - interval '1 hour'
  ) > 60 then
    raise exception using
      errcode = 'PT429', message = 'too_many_checkouts',
      detail = 'More than 60 purchases were begun within an hour.',
      hint = 'Finish one, or wait.';
  end if;
  return v_checkout;
end;
$$;

-- sql/platform/billing/functions/create_checkout.sql

-- Begins a purchase of a package by the caller: the offer is written down as it is
-- now, and the webhook will grant what is written. The same key gives the same one.
create function private.create_checkout(p_package_id uuid, p_idempotency_key text)
returns jsonb
language plpgsql
security definer            -- checkouts are not the caller's to write
set search_path = ''
as $$
declare
  v_profile public.profiles := private.require_profile();
  v_package public.credit_packages;
  v_checkout public.checkouts;
begin
  perform private.require_active(v_profile.id);
  perform private.check_text('p_idempotency_key', p_idempotency_key, 200);
  select * into v_checkout
  from public.checkouts as c
  where c.user_id = v_profile.id and c.idempotency_key = p_idempotency_key;
  select * into v_package
  from public.credit_packages as p
  where p.id = p_package_id and (p.is_active or p.id = v_checkout.package_id);
  if not found then
    raise exception using
      errcode = 'PT404', message = 'package_not_found',
      detail = format('There is no package %s for sale.', coalesce(p_package_id::text, 'null')),
      hint = 'The packages are in public.credit_packages.';
  end if;

  if v_checkout.id is null then
    v_checkout := private.begin_checkout(v_profile.id, v_package, p_idempotency_key);
  end if;
  if v_checkout.package_id <> p_package_id then
    perform private.refuse_reused_key(p_idempotency_key);
  end if;

  return jsonb_build_object(
    'checkout_id', v_checkout.id,
    'user_id', v_profile.id,
    'email', v_profile.email,
    'status', v_checkout.status,
    'external_id', v_checkout.external_id,
    'url', v_checkout.url,
    'stripe_customer_id', (
      select c.stripe_customer_id from public.customers as c where c.user_id = v_profile.id
    ),
    'package', jsonb_build_object(
      'id', v_package.id,
      'name', v_package.name,
      'description', v_package.description,
      'credits', v_checkout.credits,
      'unit_amount', v_checkout.unit_amount,
      'currency', v_checkout.currency,
      'stripe_price_id', v_package.stripe_price_id
    )
  );
end;
$$;
grant execute on function private.create_checkout(uuid, text) to authenticated;

-- sql/platform/billing/functions/due_webhook_events.sql

-- The stored events to try again now, the longest due first.
create function private.due_webhook_events(p_now timestamptz default now(), p_limit integer default 200)
returns setof uuid
language sql
stable
set search_path = ''
as $$
  select e.id
  from public.webhook_events as e
  where e.next_attempt_at <= p_now
  order by e.next_attempt_at
  limit p_limit;
$$;

-- sql/platform/billing/functions/end_checkout.sql

-- A session that ended unpaid. Paid is final: a late or repeated expiry changes nothing.
create function private.end_checkout(p_session jsonb, p_status text)
returns text
language plpgsql
set search_path = ''
as $$
declare
  v_checkout public.checkouts := private.lock_checkout(p_session);
begin
  if v_checkout.id is null then
    return case when p_session -> 'metadata' ->> 'checkout_id' is null then 'ignored' else 'waiting' end;
  end if;
  update public.checkouts as c
  set status = p_status
  where c.id = v_checkout.id and c.status <> 'paid';
  return 'applied';
end;
$$;

-- sql/platform/billing/functions/lock_checkout.sql

-- The checkout that a Stripe session belongs to, locked: by the session's id, or
-- by the id that we gave it, when the webhook overtakes our own note of it.
create function private.lock_checkout(p_session jsonb)
returns public.checkouts
language plpgsql
set search_path = ''
as $$
declare
  v_checkout public.checkouts;
  v_id text := p_session -> 'metadata' ->> 'checkout_id';
begin
  select * into v_checkout
  from public.checkouts as c
  where c.source = 'stripe' and c.external_id = p_session ->> 'id'
  for no key update;
  if not found and private.is_uuid(v_id) then
    select * into v_checkout
    from public.checkouts as c
    where c.id = v_id::uuid and c.source = 'stripe'
      and (c.external_id is null or c.external_id = p_session ->> 'id')
    for no key update;
  end if;
  return v_checkout;
end;
$$;

-- sql/platform/billing/functions/process_webhook_event.sql

-- Applies a locked event in a subtransaction and writes down what came of it.
-- Backoff doubles from 10 seconds to 6 hours; nothing is given up in silence.
create function private.process_webhook_event(p_event public.webhook_events, p_now timestamptz)
returns public.webhook_events
language plpgsql
set search_path = ''
as $$
declare
  v_event public.webhook_events;
  v_status text;
  v_error text;
begin
  begin
    v_status := case p_event.source
      when 'stripe' then private.apply_stripe_event(p_event.payload, p_now)
      else 'ignored'
    end;
    if v_status = 'waiting' then
      v_error := 'It is about something that is not known yet.';
    end if;
  exception when others then
    -- A deadlock or a serialization failure is the sender's to repeat whole.
    if sqlstate in ('40001', '40P01') then
      raise;
    end if;
    v_status := 'failed';
    v_error := format('%s (%s)', sqlerrm, sqlstate);
  end;
  update public.webhook_events as e
  set
    status = v_status,
    error = v_error,
    attempts = e.attempts + 1,
    processed_at = case when v_status in ('applied', 'ignored') then p_now end,
    next_attempt_at = case
      when v_status in ('waiting', 'failed')
        then p_now + least(interval '10 seconds' * power(2, least(e.attempts, 20)), interval '6 hours')
    end
  where e.id = p_event.id
  returning * into v_event;
  return v_event;
end;
$$;

-- sql/platform/billing/functions/record_webhook_event.sql

-- Every sender's events come in here: stored once, applied once, in one
-- transaction. A repeated event returns the row; if it was not applied yet, it is
-- tried again. What cannot be applied is kept with its error for cron.
create function private.record_webhook_event(p_source text, p_event jsonb, p_now timestamptz default now())
returns public.webhook_events
language plpgsql
security definer            -- the inbox is not the caller's to write
set search_path = ''
as $$
declare
  v_event public.webhook_events;
begin
  if p_source is null or p_source not in ('stripe', 'whop') then
    raise exception using
      errcode = 'PT400', message = 'source_unknown',
      detail = format('"%s" sends no webhooks here.', left(p_source, 100)), hint = 'Use stripe or whop.';
  end if;
  if p_event is null or jsonb_typeof(p_event) <> 'object'
    or jsonb_typeof(p_event -> 'id') is distinct from 'string'
    or jsonb_typeof(p_event -> 'type') is distinct from 'string'
    or char_length(p_event ->> 'id') not between 1 and 255
    or char_length(p_event ->> 'type') not between 1 and 255 then
    raise exception using
      errcode = 'PT400', message = 'event_invalid',
      detail = 'The event has no id and type.', hint = 'Send the event as its sender sent it.';
  end if;

  insert into public.webhook_events as e (source, external_id, event_type, payload, received_at)
  values (p_source, p_event ->> 'id', p_event ->> 'type', p_event, p_now)
  on conflict (source, external_id) do nothing
  returning * into v_event;
  if not found then
    select * into v_event
    from public.webhook_events as e
    where e.source = p_source and e.external_id = p_event ->> 'id'
    for no key update;
    if v_event.status in ('applied', 'ignored') then
      return v_event;
    end if;
  end if;
  return private.process_webhook_event(v_event, p_now);
end;
$$;
grant execute on function private.record_webhook_event(text, jsonb, timestamptz) to service_role;

-- sql/platform/billing/functions/replay_webhook_event.sql

-- Applies a stored event again, for operators. An applied one stays as it is: its
-- facts are keyed by business object and would change nothing.
create function private.replay_webhook_event(p_event_id uuid, p_now timestamptz default now())
returns public.webhook_events
language plpgsql
security definer            -- the inbox is not the caller's to write
set search_path = ''
as $$
declare
  v_event public.webhook_events;
begin
  select * into v_event from public.webhook_events as e where e.id = p_event_id for no key update;
  if not found then
    raise exception using
      errcode = 'PT404', message = 'event_not_found',
      detail = format('There is no webhook event %s.', coalesce(p_event_id::text, 'null')),
      hint = 'Send the id of a row of webhook_events.';
  end if;
  return private.process_webhook_event(v_event, p_now);
end;
$$;
grant execute on function private.replay_webhook_event(uuid, timestamptz) to service_role;

-- sql/platform/identity/api/ensure_profile.sql

create function public.ensure_profile()
returns public.profiles
language sql
security invoker
set search_path = ''
begin atomic
  select private.ensure_profile();
end;
grant execute on function public.ensure_profile() to authenticated;
comment on function public.ensure_profile() is
  'Makes the profile, credit account and sign-up credits of a user whose token comes from another issuer, once, and returns the profile. Errors: PT403 not_signed_in, PT400 argument_too_long.';

-- sql/platform/identity/api/whoami.sql

create function public.whoami()
returns jsonb
language sql
stable
security invoker
set search_path = ''
begin atomic
  select private.whoami();
end;
grant execute on function public.whoami() to authenticated;
comment on function public.whoami() is
  'The caller: {user_id uuid, role user|admin, is_active boolean, email text}. Edge functions ask it about tokens they cannot verify themselves. Errors: PT403 not_signed_in, profile_missing.';

-- sql/platform/credits/api/capture_hold.sql

create function public.capture_hold(
  p_hold_id uuid,
  p_amount integer default null,
  p_final boolean default true,
  p_idempotency_key text default null
)
returns public.credit_transactions
language sql
security invoker
set search_path = ''
begin atomic
  select private.capture_hold(p_hold_id, p_amount, p_final, p_idempotency_key);
end;
grant execute on function public.capture_hold(uuid, integer, boolean, text) to service_role;
comment on function public.capture_hold(uuid, integer, boolean, text) is
  'Spends held credits and returns the transaction. Null amount: all that is left. Final releases the rest; not final keeps it held and needs a key. Errors: PT400 capture_exceeds_hold, amount_invalid, idempotency_key_missing, idempotency_key_invalid, argument_missing; PT404 hold_not_found; PT409 hold_already_captured, hold_already_released, hold_already_expired, idempotency_key_reused.';

-- sql/platform/credits/api/grant_credits.sql

create function public.grant_credits(
  p_user_id uuid,
  p_amount integer,
  p_transaction_type text,
  p_description text default null,
  p_metadata jsonb default null,
  p_idempotency_key text default null,
  p_expires_at timestamptz default null
)
returns public.credit_transactions
language sql
security invoker
set search_path = ''
begin atomic
  select private.grant_credits(
    p_user_id, p_amount, p_transaction_type, p_description, p_metadata, p_idempotency_key, p_expires_at
  );
end;
grant execute on function public.grant_credits(uuid, integer, text, text, jsonb, text, timestamptz)
  to service_role;
comment on function public.grant_credits(uuid, integer, text, text, jsonb, text, timestamptz) is
  'Puts p_amount whole credits (1 to 1e9) into an account as one lot and returns the transaction. Types: purchase, refund, bonus, monthly_reset, trial_grant, adjustment. Repays debt first. Errors: PT400 amount_invalid, transaction_type_invalid, expiry_in_the_past, idempotency_key_invalid, metadata_invalid, argument_missing, argument_too_long; PT404 account_not_found; PT409 idempotency_key_reused.';

-- sql/platform/credits/api/hold_credits.sql

create function public.hold_credits(
  p_user_id uuid,
  p_amount integer,
  p_description text default null,
  p_metadata jsonb default null,
  p_idempotency_key text default null,
  p_expires_in interval default '1 hour'
)
returns public.credit_holds
language sql
security invoker
set search_path = ''
begin atomic
  -- Only the request gate makes holds without a deadline: their jobs end them.
  select private.hold_credits(
    p_user_id, p_amount, p_description, p_metadata, p_idempotency_key,
    coalesce(p_expires_in, interval '1 hour')
  );
end;
grant execute on function public.hold_credits(uuid, integer, text, jsonb, text, interval) to service_role;
comment on function public.hold_credits(uuid, integer, text, jsonb, text, interval) is
  'Sets p_amount whole credits aside until they are captured, released, or p_expires_in (at most 365 days) has passed, and returns the hold. Errors: PT402 insufficient_credits; PT400 amount_invalid, deadline_invalid, idempotency_key_invalid, metadata_invalid, argument_missing, argument_too_long; PT403 account_closed; PT404 account_not_found; PT409 idempotency_key_reused.';

-- sql/platform/credits/api/my_credits.sql

create function public.my_credits()
returns jsonb
language sql
stable
security invoker
set search_path = ''
begin atomic
  select private.my_credits();
end;
grant execute on function public.my_credits() to authenticated;
comment on function public.my_credits() is
  'The caller''s credits as {settled, held, available, debt}, whole credits; settled = available + held. Errors: PT403 not_signed_in.';

-- sql/platform/credits/api/release_hold.sql

create function public.release_hold(p_hold_id uuid)
returns public.credit_holds
language sql
security invoker
set search_path = ''
begin atomic
  select private.release_hold(p_hold_id);
end;
grant execute on function public.release_hold(uuid) to service_role;
comment on function public.release_hold(uuid) is
  'Gives back what a hold has not captured and returns the hold; repeating it changes nothing. Errors: PT404 hold_not_found; PT409 hold_already_captured.';

-- sql/platform/credits/api/spend_credits.sql

create function public.spend_credits(
  p_user_id uuid,
  p_amount integer,
  p_description text default null,
  p_metadata jsonb default null,
  p_idempotency_key text default null
)
returns public.credit_transactions
language sql
security invoker
set search_path = ''
begin atomic
  select private.spend_credits(p_user_id, p_amount, p_description, p_metadata, p_idempotency_key);
end;
grant execute on function public.spend_credits(uuid, integer, text, jsonb, text) to service_role;
comment on function public.spend_credits(uuid, integer, text, jsonb, text) is
  'Takes p_amount whole credits for work that is done and returns the transaction; its amount is negative. Errors: PT402 insufficient_credits; PT400 amount_invalid, idempotency_key_invalid, metadata_invalid, argument_missing, argument_too_long; PT403 account_closed; PT404 account_not_found; PT409 idempotency_key_reused.';

-- sql/platform/credits/api/spend_credits_batch.sql

create function public.spend_credits_batch(p_spends jsonb)
returns table (ordinal integer, user_id uuid, transaction_id uuid, seq bigint, balance_after integer, error text)
language sql
security invoker
set search_path = ''
begin atomic
  select b.ordinal, b.user_id, b.transaction_id, b.seq, b.balance_after, b.error
  from private.spend_credits_batch(p_spends) as b;
end;
grant execute on function public.spend_credits_batch(jsonb) to service_role;
comment on function public.spend_credits_batch(jsonb) is
  'At most 1000 spends [{user_id, amount, description, metadata, idempotency_key}] in one transaction. One row an item by its ordinal (from 1): the posted transaction, or error = insufficient_credits, idempotency_key_reused, account_not_found, account_closed. Errors of the whole call: PT400 batch_invalid, amount_invalid, idempotency_key_invalid, metadata_invalid, argument_missing, argument_too_long.';

-- sql/platform/jobs/api/cancel_job.sql

create function public.cancel_job(
  p_job_id uuid
)
returns public.jobs
language sql
security invoker
set search_path = ''
begin atomic
  select private.cancel_job(p_job_id);
end;
grant execute on function public.cancel_job(uuid) to authenticated;
comment on function public.cancel_job(uuid) is
  'Stops a job of the caller and returns it; its hold returns. Repeating it changes nothing. Errors: PT404 job_not_found; PT409 job_already_ended; PT403 not_signed_in.';

-- sql/platform/jobs/api/claim_jobs.sql

create function public.claim_jobs(
  p_worker text,
  p_limit integer default 1,
  p_types text[] default null
)
returns setof public.jobs
language sql
security invoker
set search_path = ''
begin atomic
  select * from private.claim_jobs(p_worker, p_limit, p_types);
end;
grant execute on function public.claim_jobs(text, integer, text[]) to service_role;
comment on function public.claim_jobs(text, integer, text[]) is
  'Gives a worker up to p_limit (1 to 1000) jobs, each with a lease and a lock_token, fair among users and within the caps. Null types: all. Errors: PT400 limit_invalid, argument_missing, argument_too_long.';

-- sql/platform/jobs/api/complete_job.sql

create function public.complete_job(
  p_job_id uuid,
  p_lock_token uuid,
  p_result jsonb default '{}'::jsonb
)
returns public.jobs
language sql
security invoker
set search_path = ''
begin atomic
  select private.complete_job(p_job_id, p_lock_token, p_result);
end;
grant execute on function public.complete_job(uuid, uuid, jsonb) to service_role;
comment on function public.complete_job(uuid, uuid, jsonb) is
  'Ends a claimed job with success: product rows, capture of its price and the end are one transaction. Errors: PT409 lease_lost; PT404 job_not_found; PT400 result_too_large.';

-- sql/platform/jobs/api/complete_jobs.sql

create function public.complete_jobs(p_completions jsonb)
returns table (job_id uuid, status text, error text)
language sql
security invoker
set search_path = ''
begin atomic
  select c.job_id, c.status, c.error from private.complete_jobs(p_completions) as c;
end;
grant execute on function public.complete_jobs(jsonb) to service_role;
comment on function public.complete_jobs(jsonb) is
  'At most 1000 successes [{job_id, lock_token, result}] in one transaction. One row an item in order: the job''s status, or error = lease_lost, job_not_found, result_too_large. Errors of the whole call: PT400 batch_invalid.';

-- sql/platform/jobs/api/fail_job.sql

create function public.fail_job(
  p_job_id uuid,
  p_lock_token uuid,
  p_error text,
  p_retryable boolean default true,
  p_retry_in interval default null
)
returns public.jobs
language sql
security invoker
set search_path = ''
begin atomic
  select private.fail_job(p_job_id, p_lock_token, p_error, p_retryable, p_retry_in);
end;
grant execute on function public.fail_job(uuid, uuid, text, boolean, interval) to service_role;
comment on function public.fail_job(uuid, uuid, text, boolean, interval) is
  'Reports a failed attempt with words for the user. Retryable: queued again with backoff and jitter, or after p_retry_in; else, or when attempts or deadline are used up, the job ends and its hold returns. Errors: PT409 lease_lost; PT404 job_not_found.';

-- sql/platform/jobs/api/heartbeat_job.sql

create function public.heartbeat_job(
  p_job_id uuid,
  p_lock_token uuid,
  p_progress integer default null
)
returns public.jobs
language sql
security invoker
set search_path = ''
begin atomic
  select private.heartbeat_job(p_job_id, p_lock_token, p_progress);
end;
grant execute on function public.heartbeat_job(uuid, uuid, integer) to service_role;
comment on function public.heartbeat_job(uuid, uuid, integer) is
  'Extends the lease of a claimed job by its type''s lease and notes the progress in percent. Errors: PT409 lease_lost; PT404 job_not_found; PT400 progress_invalid.';

-- sql/platform/jobs/api/quote.sql

create function public.quote(
  p_operation text,
  p_variant text default null,
  p_quantity numeric default 1
)
returns jsonb
language sql
stable
security invoker
set search_path = ''
begin atomic
  select private.quote(p_operation, p_variant, p_quantity);
end;
grant execute on function public.quote(text, text, numeric) to anon, authenticated, service_role;
comment on function public.quote(text, text, numeric) is
  'The price that the gate will charge: {operation, variant, unit, quantity, unit_credits, credits}; credits is whole, rounded up. Errors: PT404 price_not_found; PT400 quantity_invalid.';

-- sql/platform/jobs/api/record_provider_callback.sql

create function public.record_provider_callback(
  p_provider text,
  p_external_id text,
  p_payload jsonb
)
returns jsonb
language sql
security invoker
set search_path = ''
begin atomic
  select private.record_provider_callback(p_provider, p_external_id, p_payload);
end;
grant execute on function public.record_provider_callback(text, text, jsonb) to service_role;
comment on function public.record_provider_callback(text, text, jsonb) is
  'Notes a provider''s verified callback and wakes its job: {outcome woken|already_ended|unknown, job_id}. Errors: PT400 argument_missing, argument_too_long.';

-- sql/platform/jobs/api/snooze_job.sql

create function public.snooze_job(
  p_job_id uuid,
  p_lock_token uuid,
  p_run_at timestamptz,
  p_state jsonb default null
)
returns public.jobs
language sql
security invoker
set search_path = ''
begin atomic
  select private.snooze_job(p_job_id, p_lock_token, p_run_at, p_state);
end;
grant execute on function public.snooze_job(uuid, uuid, timestamptz, jsonb) to service_role;
comment on function public.snooze_job(uuid, uuid, timestamptz, jsonb) is
  'Lays a claimed job aside until p_run_at: waiting with a state {provider, external_id, …}, queued without. Errors: PT409 lease_lost; PT404 job_not_found; PT400 state_invalid, argument_missing.';

-- sql/platform/jobs/api/start_job.sql

create function public.start_job(
  p_job_id uuid,
  p_lock_token uuid
)
returns public.jobs
language sql
security invoker
set search_path = ''
begin atomic
  select private.start_job(p_job_id, p_lock_token);
end;
grant execute on function public.start_job(uuid, uuid) to service_role;
comment on function public.start_job(uuid, uuid) is
  'Tells the product that a claimed job begins and returns the job. Errors: PT409 lease_lost; PT404 job_not_found.';

-- sql/platform/storage/api/my_storage.sql

create function public.my_storage()
returns jsonb
language sql
stable
security invoker
set search_path = ''
begin atomic
  select private.my_storage();
end;
grant execute on function public.my_storage() to authenticated;
comment on function public.my_storage() is
  'The caller''s storage as {used_bytes, limit_bytes}. Errors: PT403 not_signed_in.';

-- sql/platform/ai/api/record_api_usage.sql

create function public.record_api_usage(
  p_job_id uuid,
  p_api_provider text,
  p_operation_type text,
  p_request jsonb default null,
  p_response jsonb default null,
  p_status_code integer default null,
  p_response_time numeric default null,
  p_error text default null
)
returns void
language sql
security invoker
set search_path = ''
begin atomic
  select private.record_api_usage(
    p_job_id, p_api_provider, p_operation_type, p_request, p_response,
    p_status_code, p_response_time, p_error
  );
end;
grant execute on function public.record_api_usage(uuid, text, text, jsonb, jsonb, integer, numeric, text)
  to service_role;
comment on function public.record_api_usage(uuid, text, text, jsonb, jsonb, integer, numeric, text) is
  'Logs a provider call of a job; p_response_time is in seconds, the cost comes from api_costs. Errors: PT404 job_not_found; PT400 argument_missing, argument_too_long, metadata_invalid.';

-- sql/platform/billing/api/attach_checkout.sql

create function public.attach_checkout(
  p_checkout_id uuid,
  p_external_id text,
  p_url text,
  p_stripe_customer_id text default null
)
returns jsonb
language sql
security invoker
set search_path = ''
begin atomic
  select private.attach_checkout(p_checkout_id, p_external_id, p_url, p_stripe_customer_id);
end;
grant execute on function public.attach_checkout(uuid, text, text, text) to service_role;
comment on function public.attach_checkout(uuid, text, text, text) is
  'Notes the payment provider''s session of a checkout: {checkout_id, session_id, url}. Errors: PT404 checkout_not_found; PT409 checkout_already_attached; PT400 argument_missing, argument_too_long.';

-- sql/platform/billing/api/create_checkout.sql

create function public.create_checkout(p_package_id uuid, p_idempotency_key text)
returns jsonb
language sql
security invoker
set search_path = ''
begin atomic
  select private.create_checkout(p_package_id, p_idempotency_key);
end;
grant execute on function public.create_checkout(uuid, text) to authenticated;
comment on function public.create_checkout(uuid, text) is
  'Begins a purchase by the caller and returns {checkout_id, user_id, email, status, external_id, url, stripe_customer_id, package}; the same key returns the same one. Called by the checkout function. Errors: PT404 package_not_found; PT403 not_signed_in, profile_missing, account_suspended; PT400 argument_missing, argument_too_long; PT409 idempotency_key_reused; PT429 too_many_checkouts.';

-- sql/platform/billing/api/record_webhook_event.sql

create function public.record_webhook_event(p_source text, p_event jsonb)
returns public.webhook_events
language sql
security invoker
set search_path = ''
begin atomic
  select private.record_webhook_event(p_source, p_event);
end;
grant execute on function public.record_webhook_event(text, jsonb) to service_role;
comment on function public.record_webhook_event(text, jsonb) is
  'Stores a verified event of stripe or whop once and applies it once, in one transaction; returns the row with its status. Errors: PT400 source_unknown, event_invalid.';

-- sql/platform/billing/api/replay_webhook_event.sql

create function public.replay_webhook_event(p_event_id uuid)
returns public.webhook_events
language sql
security invoker
set search_path = ''
begin atomic
  select private.replay_webhook_event(p_event_id);
end;
grant execute on function public.replay_webhook_event(uuid) to service_role;
comment on function public.replay_webhook_event(uuid) is
  'Applies a stored event again and returns its row; what it did before is not done twice. Errors: PT404 event_not_found.';

-- sql/platform/identity/policies.sql

grant select on public.profiles to authenticated;
grant update (username, full_name, first_name, last_name, company, phone, avatar_url, last_activity_at)
  on public.profiles to authenticated;
grant select, insert, update on public.profiles to service_role;

create policy "Users read their own profile and admins read all"
  on public.profiles for select to authenticated
  using (id between (select private.visible_from()) and (select private.visible_to()));

-- Columns are held by the grant: no user writes role, is_active or auth0_sub.
create policy "Users update their own profile"
  on public.profiles for update to authenticated
  using (id = (select private.user_id()) and deleted_at is null)
  with check (id = (select private.user_id()));

-- sql/platform/credits/policies.sql

-- Users and the service read; only the ledger's functions write.
grant select on public.credit_accounts to authenticated, service_role;
grant select on public.credit_lots to authenticated, service_role;
grant select on public.credit_holds to authenticated, service_role;
grant select on public.credit_transactions to authenticated, service_role;

create policy "Users read their own account and admins read all"
  on public.credit_accounts for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));

create policy "Users read their own lots and admins read all"
  on public.credit_lots for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));

create policy "Users read their own holds and admins read all"
  on public.credit_holds for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));

create policy "Users read their own transactions and admins read all"
  on public.credit_transactions for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));

-- sql/platform/jobs/policies.sql

grant select on public.metered_operations to anon, authenticated, service_role;
grant select on public.job_types to authenticated, service_role;
grant select on public.jobs to authenticated, service_role;
grant select on public.job_attempts to authenticated, service_role;

create policy "Everyone reads active prices"
  on public.metered_operations for select to anon, authenticated
  using (is_active);

create policy "Signed-in users read the types of jobs"
  on public.job_types for select to authenticated
  using (is_active);

create policy "Users read their own jobs and admins read all"
  on public.jobs for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));

create policy "Users read their own attempts and admins read all"
  on public.job_attempts for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));

-- sql/platform/storage/policies.sql

-- The first folder of a name is its owner. Results are written by the service alone,
-- and read once they are delivered.
create policy "Tallybase: users read the files of their folder"
  on storage.objects for select to authenticated
  using (
    split_part(name, '/', 1) = (select private.user_id())::text
    and (bucket_id = 'uploads' or (bucket_id = 'results' and (select private.is_delivered(name))))
  );

create policy "Tallybase: users upload into their folder while there is room"
  on storage.objects for insert to authenticated
  with check (
    bucket_id = 'uploads'
    and name !~ '(^|/)[.]{1,2}(/|$)'
    and split_part(name, '/', 1) = (select private.user_id())::text
    and (select private.has_storage_room())
  );

create policy "Tallybase: users replace the uploads of their folder"
  on storage.objects for update to authenticated
  using (
    bucket_id = 'uploads'
    and split_part(name, '/', 1) = (select private.user_id())::text
  )
  with check (
    bucket_id = 'uploads'
    and name !~ '(^|/)[.]{1,2}(/|$)'
    and split_part(name, '/', 1) = (select private.user_id())::text
    and (select private.has_storage_room())
  );

create policy "Tallybase: users remove the uploads of their folder"
  on storage.objects for delete to authenticated
  using (
    bucket_id = 'uploads'
    and split_part(name, '/', 1) = (select private.user_id())::text
  );

-- sql/platform/ai/policies.sql

grant select on public.api_costs to authenticated, service_role;
grant select on public.api_usage_logs to authenticated, service_role;

create policy "Admins read what providers charge"
  on public.api_costs for select to authenticated
  using ((select private.is_admin()));

create policy "Admins read the calls to providers"
  on public.api_usage_logs for select to authenticated
  using ((select private.is_admin()));

-- sql/platform/billing/policies.sql

grant select on public.credit_packages to anon, authenticated, service_role;
grant select on public.customers to authenticated, service_role;
grant select on public.checkouts to authenticated, service_role;
grant select on public.payments to authenticated, service_role;
grant select on public.webhook_events to authenticated, service_role;

create policy "Everyone reads the packages for sale"
  on public.credit_packages for select to anon, authenticated
  using (is_active);

create policy "Users read their own customer row and admins read all"
  on public.customers for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));

create policy "Users read their own checkouts and admins read all"
  on public.checkouts for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));

create policy "Users read their own payments and admins read all"
  on public.payments for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));

create policy "Admins read the inbox"
  on public.webhook_events for select to authenticated
  using ((select private.is_admin()));

-- sql/platform/identity/triggers.sql

create trigger set_updated_at
  before update on public.profiles
  for each row execute function private.set_updated_at();

create trigger tallybase_new_user
  after insert on auth.users
  for each row execute function private.handle_new_user();

create trigger tallybase_changed_user
  after update of email on auth.users
  for each row
  when (old.email is distinct from new.email)
  execute function private.handle_changed_user();

create trigger tallybase_soft_deleted_user
  after update of deleted_at on auth.users
  for each row
  when (old.deleted_at is null and new.deleted_at is not null)
  execute function private.handle_deleted_user();

create trigger tallybase_deleted_user
  before delete on auth.users
  for each row execute function private.handle_deleted_user();

-- sql/platform/credits/triggers.sql

-- By nobody, the owner included: what is posted is corrected by another posting.
create trigger transactions_are_append_only
  before update or delete on public.credit_transactions
  for each row execute function private.refuse_ledger_change();
create trigger transactions_are_not_truncated
  before truncate on public.credit_transactions
  for each statement execute function private.refuse_ledger_change();
create trigger accounts_are_never_deleted
  before delete on public.credit_accounts
  for each row execute function private.refuse_ledger_change();

-- sql/platform/jobs/triggers.sql

create trigger set_updated_at
  before update on public.metered_operations
  for each row execute function private.set_updated_at();

create trigger ring_on_enqueue
  after insert on public.jobs
  for each statement execute function private.ring_on_enqueue();

-- sql/platform/billing/triggers.sql

create trigger set_updated_at
  before update on public.credit_packages
  for each row execute function private.set_updated_at();
create trigger set_updated_at
  before update on public.customers
  for each row execute function private.set_updated_at();
create trigger set_updated_at
  before update on public.checkouts
  for each row execute function private.set_updated_at();

-- sql/platform/credits/cron.sql

select cron.schedule(
  'credits: expire lots', '* * * * *',
  private.sweep_command('private.due_accounts()', 'private.lock_account')
);
select cron.schedule(
  'credits: expire holds', '* * * * *',
  private.sweep_command('private.due_holds()', 'private.expire_hold')
);
select cron.schedule('credits: audit', '17 3 * * *', 'select private.record_audit()');

-- sql/platform/jobs/cron.sql

select cron.schedule('jobs: dispatch', '5 seconds', 'select private.dispatch_jobs()');
select cron.schedule(
  'jobs: reap', '5 seconds',
  private.sweep_command('private.due_jobs()', 'private.reap_job')
);
select cron.schedule('jobs: purge history', '41 4 * * *', 'select private.purge_history()');

-- sql/platform/storage/cron.sql

select cron.schedule('storage: count', '23 * * * *', 'select private.count_storage()');

-- sql/platform/billing/cron.sql

select cron.schedule(
  'billing: retry webhook events', '* * * * *',
  private.sweep_command('private.due_webhook_events()', 'private.replay_webhook_event')
);

-- sql/platform/storage/buckets.sql

-- Buckets are rows of storage.buckets; both are private, one folder a user.
insert into storage.buckets (id, name, public, file_size_limit, allowed_mime_types)
values
  ('uploads', 'uploads', false, 26214400, array['image/png', 'image/jpeg', 'image/webp', 'image/gif']),
  ('results', 'results', false, 104857600, null)
on conflict (id) do update
set
  public = excluded.public,
  file_size_limit = excluded.file_size_limit,
  allowed_mime_types = excluded.allowed_mime_types;

-- sql/platform/storage/seed.sql

insert into public.job_types (type, description, max_attempts, backoff, deadline, max_running_per_user)
values ('storage.remove_files', 'Removes files through the Storage API', 10, '10 seconds', '7 days', 2)
on conflict (type) do nothing;

-- sql/platform/billing/seed.sql

insert into public.credit_packages (code, name, description, credits, unit_amount, currency, sort_order)
values
  ('starter', 'Starter', '100 credits', 100, 999, 'usd', 1),
  ('creator', 'Creator', '500 credits', 500, 3999, 'usd', 2),
  ('pro', 'Pro', '1500 credits', 1500, 9999, 'usd', 3),
  ('enterprise', 'Enterprise', '5000 credits', 5000, 29999, 'usd', 4)
on conflict (code) do nothing;

-- sql/editor/schema.sql

create schema editor;
grant usage on schema editor to anon, authenticated, service_role;

-- sql/editor/tables.sql

create table editor.images (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null default private.user_id() references public.profiles (id),
  original_filename text not null,
  original_file_size integer,
  original_file_type text,
  original_url text,
  processed_url text,
  thumbnail_url text,
  final_url text,
  processing_status text default 'pending',
  processing_error text,
  is_favorite boolean default false,
  download_count integer default 0,
  metadata jsonb,
  expires_at timestamptz,
  upload_path text,
  created_at timestamptz default now(),
  updated_at timestamptz default now(),
  constraint "an image has a known status" check (
    processing_status in ('pending', 'processing', 'completed', 'failed')
  ),
  constraint "image texts are bounded" check (
    char_length(original_filename) between 1 and 255
    and char_length(original_file_type) <= 100
    and char_length(original_url) <= 2048
    and pg_column_size(metadata) <= 16384
  ),
  constraint "a file size is not negative" check (original_file_size >= 0)
);
create index images_user_id_idx on editor.images (user_id, created_at desc);
create index images_upload_path_idx on editor.images (user_id, upload_path);
create index images_processing_status_idx on editor.images (processing_status);
create index images_created_at_idx on editor.images (created_at);
create index images_expires_at_idx on editor.images (expires_at) where expires_at is not null;
comment on table editor.images is 'A user''s picture and the newest results of work on it.';
comment on column editor.images.original_url is
  'The upload: its path in the bucket uploads (<user id>/…) or a storage address of it.';
comment on column editor.images.upload_path is
  'The upload''s path in the bucket uploads, from original_url.';
comment on column editor.images.processed_url is
  'The newest result; a private address that answers to its owner''s token.';

create table editor.image_operations (
  id uuid primary key default gen_random_uuid(),
  image_id uuid references editor.images (id) on delete cascade,
  user_id uuid not null default private.user_id() references public.profiles (id),
  operation_type text not null,
  api_provider text not null default 'local',
  status text default 'pending',
  input_data jsonb,
  output_data jsonb,
  error_message text,
  processing_time numeric(10, 2),
  credits_used integer,
  api_cost numeric(10, 4),
  created_at timestamptz default now(),
  completed_at timestamptz,
  constraint "an operation has a known type" check (
    operation_type in ('upscale', 'background_removal', 'vectorize', 'generate')
  ),
  constraint "an operation has a known status" check (
    status in ('pending', 'processing', 'completed', 'failed')
  )
);
create index image_operations_image_id_idx on editor.image_operations (image_id);
create index image_operations_user_id_idx on editor.image_operations (user_id, created_at desc);
create index image_operations_status_idx on editor.image_operations (status);
create index image_operations_created_at_idx on editor.image_operations (created_at);
comment on table editor.image_operations is
  'Inserting a row is the request: it is priced, its credits are held and its job is enqueued in the same transaction.';
comment on column editor.image_operations.user_id is 'The image''s user, whatever the caller sends.';
comment on column editor.image_operations.input_data is
  'upscale: {factor 2|4}; generate: {prompt, width, height}; all but generate: {source original|processed}.';
comment on column editor.image_operations.processing_time is 'Seconds.';
comment on column editor.image_operations.api_cost is 'What the provider charged us, in the currency of api_costs.';

alter table editor.images enable row level security;
alter table editor.image_operations enable row level security;

-- sql/editor/functions/editor_check_input.sql

-- The parameters of an operation with their defaults, or PT400 input_invalid.
create function private.editor_check_input(p_operation text, p_input jsonb)
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_input jsonb := coalesce(p_input, '{}'::jsonb);
  v_known jsonb := '{}'::jsonb;
  v_problem text;
begin
  if jsonb_typeof(v_input) <> 'object' then
    v_problem := 'input_data must be an object.';
  elsif coalesce(v_input ->> 'source', 'original') not in ('original', 'processed') then
    v_problem := 'source must be original or processed.';
  elsif coalesce(v_input ->> 'simulate', 'slow') not in ('fail', 'retry', 'slow', 'no_callback') then
    v_problem := 'simulate must be fail, retry, slow or no_callback.';
  elsif p_operation = 'upscale' and coalesce(v_input ->> 'factor', '2') not in ('2', '4') then
    v_problem := 'factor must be 2 or 4.';
  elsif p_operation = 'generate' then
    if jsonb_typeof(v_input -> 'prompt') is distinct from 'string'
      or char_length(v_input ->> 'prompt') > 2000
      -- White space and what has no width say nothing.
      or regexp_replace(v_input ->> 'prompt', '[\s\u200b-\u200f\u2060\ufeff]', '', 'g') = '' then
      v_problem := 'prompt must have 1 to 2000 characters.';
    elsif coalesce(v_input ->> 'width', '1024') !~ '^\d{2,4}$'
      or coalesce(v_input ->> 'height', '1024') !~ '^\d{2,4}$'
      or coalesce(v_input ->> 'width', '1024')::integer not between 64 and 2048
      or coalesce(v_input ->> 'height', '1024')::integer not between 64 and 2048 then
      v_problem := 'width and height must be 64 to 2048 pixels.';
    end if;
  end if;
  if v_problem is not null then
    raise exception using
      errcode = 'PT400', message = 'input_invalid', detail = v_problem,
      hint = 'See the comment of editor.image_operations.input_data.';
  end if;

  if p_operation = 'generate' then
    v_known := jsonb_build_object(
      'prompt', btrim(v_input ->> 'prompt'),
      'width', coalesce(v_input ->> 'width', '1024')::integer,
      'height', coalesce(v_input ->> 'height', '1024')::integer
    );
  else
    v_known := jsonb_build_object('source', coalesce(v_input ->> 'source', 'original'));
  end if;
  if p_operation = 'upscale' then
    v_known := v_known || jsonb_build_object('factor', coalesce(v_input ->> 'factor', '2')::integer);
  end if;
  if v_input ->> 'simulate' is not null then
    v_known := v_known || jsonb_build_object('simulate', v_input ->> 'simulate');
  end if;
  return v_known;
end;
$$;

-- sql/editor/functions/editor_drop_images.sql

-- Images that are deleted: their uploads go too, unless another image shows them.
create function private.editor_drop_images()
returns trigger
language plpgsql
security definer            -- jobs and files are not the caller's to write
set search_path = ''
as $$
declare
  v_user record;
begin
  for v_user in
    select d.user_id, array_agg(d.upload_path) as paths
    from dropped as d
    where d.upload_path is not null
      and not exists (
        select 1
        from editor.images as i
        where i.user_id = d.user_id and i.upload_path = d.upload_path
      )
    group by d.user_id
    order by d.user_id
  loop
    perform private.remove_files(v_user.user_id, 'uploads', v_user.paths);
  end loop;
  return null;
end;
$$;

-- sql/editor/functions/editor_drop_operations.sql

-- Operations that are deleted, with their image or alone: open jobs end, their
-- holds return, their files are removed.
create function private.editor_drop_operations()
returns trigger
language plpgsql
security definer            -- jobs and files are not the caller's to write
set search_path = ''
as $$
declare
  v_user record;
begin
  -- Without waiting: an image comes before its operations in the lock order, and who
  -- has it locked now sets its status as well.
  with image as (
    select i.id
    from editor.images as i
    where i.id in (select o.image_id from dropped as o where o.status in ('pending', 'processing'))
    for no key update skip locked
  )
  update editor.images as i
  set processing_status = private.editor_image_status(
    i.id, case when i.processed_url is null then 'pending' else 'completed' end
  )
  where i.id in (select m.id from image as m);
  perform private.cancel_jobs(
    array(
      select j.id
      from public.jobs as j
      join dropped as o
        on o.id = j.subject_id and o.user_id = j.user_id and j.type = 'editor.' || o.operation_type
      where j.finished_at is null
    ),
    'The image was deleted.'
  );
  for v_user in
    select o.user_id, array_agg(f.value ->> 'path') as paths
    from dropped as o
    cross join lateral jsonb_array_elements(coalesce(o.output_data -> 'files', '[]'::jsonb)) as f
    group by o.user_id
    order by o.user_id
  loop
    perform private.remove_files(v_user.user_id, 'results', v_user.paths);
  end loop;
  return null;
end;
$$;

-- sql/editor/functions/editor_fail_operation.sql

-- An operation failed or was cancelled; the document knows one word for both.
create function private.editor_fail_operation(p_job public.jobs)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_image_id uuid;
begin
  update editor.image_operations as o
  set status = 'failed', error_message = p_job.error, credits_used = 0, completed_at = now()
  where o.id = p_job.subject_id
  returning o.image_id into v_image_id;
  update editor.images as i
  set
    processing_status = private.editor_image_status(i.id, 'failed'),
    processing_error = p_job.error
  where i.id = v_image_id;
end;
$$;

-- sql/editor/functions/editor_finish_operation.sql

-- A result arrived: the operation has it, and the image shows it as its newest.
create function private.editor_finish_operation(p_job public.jobs)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_operation editor.image_operations;
  v_processed jsonb := private.result_file(p_job, 'processed');
  v_thumbnail jsonb := private.result_file(p_job, 'thumbnail');
begin
  if v_processed is null then
    raise exception using
      errcode = 'PT422', message = 'result_invalid',
      detail = 'The result has no file "processed" in the user''s folder of the bucket results.';
  end if;
  update editor.image_operations as o
  set
    status = 'completed',
    output_data = jsonb_build_object('files', p_job.result -> 'files'),
    error_message = null,
    processing_time = (p_job.result ->> 'processing_time')::numeric,
    credits_used = p_job.price,
    api_cost = private.api_cost(coalesce(p_job.result ->> 'provider', o.api_provider), o.operation_type),
    completed_at = now()
  where o.id = p_job.subject_id
  returning * into v_operation;

  update editor.images as i
  set
    processed_url = private.object_url('results', v_processed ->> 'path'),
    thumbnail_url = coalesce(private.object_url('results', v_thumbnail ->> 'path'), i.thumbnail_url),
    processing_status = private.editor_image_status(i.id, 'completed'),
    processing_error = null
  where i.id = v_operation.image_id;
end;
$$;

-- sql/editor/functions/editor_image_status.sql

-- What an image's status becomes when one of its operations ended: as it ended,
-- unless others are still open.
create function private.editor_image_status(p_image_id uuid, p_ended text)
returns text
language sql
stable
set search_path = ''
as $$
  select case
    when exists (
      select 1
      from editor.image_operations as o
      where o.image_id = p_image_id and o.status in ('pending', 'processing')
    ) then 'processing'
    else p_ended
  end;
$$;

-- sql/editor/functions/editor_lock_operations.sql

-- Locks what operations' jobs stand on: the images, then the operations, by id.
create function private.editor_lock_operations(p_jobs public.jobs[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform 1
  from editor.images as i
  where i.id in (
    select o.image_id
    from editor.image_operations as o
    join unnest(p_jobs) as j on j.subject_id = o.id
  )
  order by i.id
  for no key update;
  perform 1
  from editor.image_operations as o
  where o.id in (select j.subject_id from unnest(p_jobs) as j)
  order by o.id
  for no key update;
end;
$$;

-- sql/editor/functions/editor_prepare_image.sql

-- An image belongs to who inserts it, and its original is a file of their folder.
create function private.editor_prepare_image()
returns trigger
language plpgsql
security definer            -- reads settings, locks the user's profile
set search_path = ''
as $$
begin
  -- Somebody else's is refused by the policy, whether that user exists or not.
  if private.jwt_sub() is null or new.user_id = private.user_id() then
    perform private.require_present(new.user_id);
  end if;
  new.upload_path := private.storage_path('uploads', new.original_url);
  if new.original_url is not null
    and split_part(new.upload_path, '/', 1) is distinct from new.user_id::text then
    raise exception using
      errcode = 'PT400', message = 'source_not_in_storage',
      detail = 'The file is not in your folder of the bucket uploads.',
      hint = 'Upload it to uploads/<your user id>/… and send that path.';
  end if;
  return new;
end;
$$;

-- sql/editor/functions/editor_prepare_operation.sql

-- What a request may say. The user, the provider and the state are not the
-- caller's to choose, whatever they send.
create function private.editor_prepare_operation()
returns trigger
language plpgsql
security definer            -- looks the image up whatever the caller sees
set search_path = ''
as $$
declare
  v_caller uuid := private.user_id();
  v_owner uuid;
  v_image editor.images;
begin
  -- The user, then the image: both stay until this commits.
  select i.user_id into v_owner from editor.images as i where i.id = new.image_id;
  if found and (private.jwt_sub() is null or v_owner = v_caller) then
    perform private.require_active(v_owner);
    select * into v_image from editor.images as i where i.id = new.image_id for key share;
  end if;
  if v_image.id is null then
    raise exception using
      errcode = 'PT404', message = 'image_not_found',
      detail = format('You have no image %s.', coalesce(new.image_id::text, 'null')),
      hint = 'Insert the image first.';
  end if;
  new.user_id := v_image.user_id;
  new.api_provider := private.setting('editor_provider', 'local');
  new.status := 'pending';
  new.input_data := private.editor_check_input(new.operation_type, new.input_data);
  new.output_data := null;
  new.error_message := null;
  new.processing_time := null;
  new.credits_used := null;
  new.api_cost := null;
  new.completed_at := null;
  return new;
end;
$$;

-- sql/editor/functions/editor_request_operations.sql

-- The gate of editor: after the rows are in, so that a conflicting insert that was
-- not one charges nothing, and once a statement, however many rows it has.
create function private.editor_request_operations()
returns trigger
language plpgsql
security definer            -- jobs and holds are not the caller's to write
set search_path = ''
as $$
declare
  v_requests private.job_request[];
begin
  select array_agg(
    row(
      o.user_id,
      'editor.' || o.operation_type,
      o.id,
      o.input_data - 'source'
        || jsonb_build_object(
          'operation', o.operation_type, 'image_id', o.image_id, 'provider', o.api_provider
        )
        || case
          when o.operation_type = 'generate' then '{}'::jsonb
          else jsonb_build_object('source', private.editor_source(i, o.input_data ->> 'source'))
        end,
      'editor.' || o.operation_type,
      case when o.operation_type = 'upscale' then (o.input_data ->> 'factor') || 'x' end,
      1
    )::private.job_request
    order by o.id
  )
  into v_requests
  from inserted as o
  join editor.images as i on i.id = o.image_id;
  perform private.request_jobs(v_requests);
  return null;
end;
$$;

-- sql/editor/functions/editor_retire_user.sql

-- A user leaves: their pictures go, and with them open work and files.
create function private.editor_retire_user(p_user_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  delete from editor.images as i where i.user_id = p_user_id;
end;
$$;

-- sql/editor/functions/editor_source.sql

-- The object that an operation works on, as {bucket, path}.
create function private.editor_source(p_image editor.images, p_source text)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_path text;
begin
  if p_source = 'processed' then
    v_path := private.storage_path('results', p_image.processed_url);
    if v_path is null then
      raise exception using
        errcode = 'PT422', message = 'nothing_processed_yet',
        detail = format('Image %s has no result yet.', p_image.id),
        hint = 'Wait for a result, or work on the original.';
    end if;
    return jsonb_build_object('bucket', 'results', 'path', v_path);
  end if;
  return jsonb_build_object(
    'bucket', 'uploads', 'path', private.require_upload(p_image.user_id, p_image.original_url)
  );
end;
$$;

-- sql/editor/functions/editor_start_operation.sql

create function private.editor_start_operation(p_job public.jobs)
returns void
language plpgsql
set search_path = ''
as $$
begin
  update editor.image_operations as o
  set status = 'processing'
  where o.id = p_job.subject_id;
  update editor.images as i
  set processing_status = 'processing', processing_error = null
  where i.id = (select o.image_id from editor.image_operations as o where o.id = p_job.subject_id);
end;
$$;

-- sql/editor/policies.sql

grant select, delete on editor.images to authenticated;
grant insert (
  id, user_id, original_filename, original_file_size, original_file_type, original_url,
  is_favorite, metadata
) on editor.images to authenticated;
-- What an upsert sets: the key and the owner too, held by the policies.
grant update (
  id, user_id, original_filename, original_file_size, original_file_type, original_url,
  is_favorite, metadata
) on editor.images to authenticated;
grant select, insert, update, delete on editor.images to service_role;

grant select, delete on editor.image_operations to authenticated;
grant insert (id, image_id, operation_type, api_provider, input_data)
  on editor.image_operations to authenticated;
grant select, insert on editor.image_operations to service_role;

create policy "Users read their own images and admins read all"
  on editor.images for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));

create policy "Users insert their own images"
  on editor.images for insert to authenticated
  with check (user_id = (select private.user_id()));

create policy "Users update their own images"
  on editor.images for update to authenticated
  using (user_id = (select private.user_id()))
  with check (user_id = (select private.user_id()));

create policy "Users delete their own images and admins delete any"
  on editor.images for delete to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));

create policy "Users read their own operations and admins read all"
  on editor.image_operations for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));

create policy "Users request operations on their own images"
  on editor.image_operations for insert to authenticated
  with check (user_id = (select private.user_id()));

create policy "Users delete their own operations"
  on editor.image_operations for delete to authenticated
  using (user_id = (select private.user_id()));

-- sql/editor/triggers.sql

create trigger set_updated_at
  before update on editor.images
  for each row execute function private.set_updated_at();
create trigger prepare_image
  before insert or update of user_id, original_url on editor.images
  for each row execute function private.editor_prepare_image();
create trigger drop_images
  after delete on editor.images
  referencing old table as dropped
  for each statement execute function private.editor_drop_images();

create trigger prepare_operation
  before insert on editor.image_operations
  for each row execute function private.editor_prepare_operation();
create trigger request_operations
  after insert on editor.image_operations
  referencing new table as inserted
  for each statement execute function private.editor_request_operations();
create trigger drop_operations
  after delete on editor.image_operations
  referencing old table as dropped
  for each statement execute function private.editor_drop_operations();

-- sql/editor/seed.sql

insert into public.metered_operations (operation, variant, description, unit, credits)
values
  ('editor.upscale', '2x', 'Upscale to twice the size', 'image', 1),
  ('editor.upscale', '4x', 'Upscale to four times the size', 'image', 2),
  ('editor.background_removal', '', 'Remove the background', 'image', 1),
  ('editor.vectorize', '', 'Turn into an SVG', 'image', 2),
  ('editor.generate', '', 'Generate a picture', 'image', 3)
on conflict (operation, variant) do nothing;

insert into public.job_types (
  type, description, lease, deadline, max_running_per_user, max_queued_per_user,
  subject_table, lock_subject, on_start, on_success, on_failure, on_cancel
)
select
  'editor.' || o.operation, o.description, interval '30 seconds', interval '30 minutes', 4, 1000,
  'editor.image_operations', 'private.editor_lock_operations', 'private.editor_start_operation',
  'private.editor_finish_operation', 'private.editor_fail_operation', 'private.editor_fail_operation'
from (
  values
    ('upscale', 'Upscale an image'),
    ('background_removal', 'Remove the background of an image'),
    ('vectorize', 'Turn an image into an SVG'),
    ('generate', 'Generate an image')
) as o (operation, description)
on conflict (type) do nothing;

insert into public.api_costs (api_provider, operation_type, cost_per_operation, effective_date)
select 'local', o.operation, 0, date '2026-01-01'
from (values ('upscale'), ('background_removal'), ('vectorize'), ('generate')) as o (operation)
on conflict do nothing;

insert into private.retire_handlers (handler)
values ('private.editor_retire_user')
on conflict do nothing;
