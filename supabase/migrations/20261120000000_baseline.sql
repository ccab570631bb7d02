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

-- Whether a text is a uuid: a cast would raise on a token of another issuer. plpgsql,
-- as jwt_sub() is.
create function private.is_uuid(p_value text)
returns boolean
language plpgsql
immutable
set search_path = ''
as $$
begin
  return p_value ~* '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$';
end;
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

-- sql/setup/functions/unix_time.sql

-- A time as payment providers send it: seconds since 1970, as text. Null stays null.
create function private.unix_time(p_seconds text)
returns timestamptz
language plpgsql
immutable
strict
set search_path = ''
as $$
begin
  return to_timestamp(p_seconds::double precision);
end;
$$;

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
create index profiles_email_idx on public.profiles (email);
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

-- What a product gives of a user's data: a function of the user's id that answers
-- an object, table name to rows.
create table private.export_handlers (
  handler text primary key,
  constraint "an export handler resolves" check (to_regprocedure(handler || '(uuid)') is not null)
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
  rollover_cap integer not null default 0,
  rollover_until timestamptz,
  rolled_held integer,
  frozen_at timestamptz,
  cause_type text,
  cause_id text,
  spendable boolean not null generated always as (remaining > 0 and frozen_at is null) stored,
  created_at timestamptz not null default now(),
  primary key (user_id, seq),
  constraint "a lot adds up" check (granted = remaining + held + spent + expired + revoked),
  constraint "no part of a lot is negative" check (
    granted > 0 and remaining >= 0 and held >= 0 and spent >= 0 and expired >= 0 and revoked >= 0
    and rollover_cap >= 0 and rolled_held <= held
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
comment on column public.credit_lots.rollover_cap is
  'What may be carried past expires_at, once, until rollover_until; after that, how much of it was not needed.';
comment on column public.credit_lots.rollover_until is 'Null: it expires whole, or was carried over already.';
comment on column public.credit_lots.rolled_held is
  'Not null once carried over: what was held then. Of that only so much comes back as rollover_cap still has room for.';
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
create index api_usage_logs_created_at_idx on public.api_usage_logs (created_at desc);
create index api_usage_logs_job_id_idx on public.api_usage_logs (job_id);
comment on table public.api_usage_logs is
  'Every call to a provider, without secrets and personal data. response_time is in seconds, cost in the currency of api_costs.';

alter table public.api_costs enable row level security;
alter table public.api_usage_logs enable row level security;

-- sql/platform/billing/catalogue/tables.sql

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
comment on column public.credit_packages.stripe_price_id is
  'The price at Stripe. A price whose metadata (or product''s) has package_code sets it, with unit_amount and currency.';

-- The catalogue as the payment providers have it, kept by their webhooks.
create table public.products (
  id text primary key,
  source text not null default 'stripe',
  name text not null,
  description text,
  image text,
  active boolean not null default true,
  metadata jsonb not null default '{}'::jsonb,
  deleted_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint "a product comes from a known seller" check (source in ('stripe', 'whop'))
);
comment on table public.products is 'Products at Stripe and Whop, by their ids there.';
comment on column public.products.deleted_at is
  'When the seller deleted it: it is not active, and stays for what was sold of it.';

create table public.prices (
  id text primary key,
  product_id text not null references public.products (id) on delete cascade,
  source text not null default 'stripe',
  description text,
  unit_amount bigint,
  currency text not null,
  type text not null,
  interval text,
  interval_count integer not null default 1,
  trial_period_days integer not null default 0,
  active boolean not null default true,
  metadata jsonb not null default '{}'::jsonb,
  deleted_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint "a price is not negative" check (unit_amount >= 0),
  constraint "a price has a currency" check (char_length(currency) = 3),
  constraint "a price is paid once or again" check (type in ('one_time', 'recurring')),
  constraint "a price recurs in known intervals" check (interval in ('day', 'week', 'month', 'year')),
  constraint "an interval counts from one" check (interval_count > 0),
  constraint "a trial has no negative days" check (trial_period_days >= 0),
  constraint "a price comes from a known seller" check (source in ('stripe', 'whop'))
);
create index prices_product_id_idx on public.prices (product_id);
comment on table public.prices is 'Prices at Stripe and Whop, by their ids there. unit_amount is in minor units.';

-- What a subscription gives: ours, pointing at a price.
create table public.plans (
  id uuid primary key default gen_random_uuid(),
  code text not null unique,
  name text not null unique,
  description text,
  price_id text unique references public.prices (id) on delete set null,
  unit_amount integer not null default 0,
  currency text not null default 'usd',
  credits_per_period integer not null default 0,
  grant_interval text,
  trial_credits integer not null default 0,
  rollover_cap integer not null default 0,
  monthly_limit integer,
  features jsonb not null default '{}'::jsonb,
  is_active boolean not null default true,
  sort_order integer not null default 0,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint "a plan's price is not negative" check (unit_amount >= 0),
  constraint "a plan's credits are not negative" check (
    credits_per_period >= 0 and trial_credits >= 0 and rollover_cap >= 0
  ),
  constraint "a plan grants by its period or by the month" check (grant_interval = 'month'),
  constraint "a monthly limit is not negative" check (monthly_limit >= 0),
  constraint "a plan's currency has three letters" check (currency ~ '^[a-z]{3}$')
);
comment on table public.plans is 'What a subscription gives: credits each period, a monthly limit, features.';
comment on column public.plans.price_id is
  'The price it is sold at: the newest active one whose metadata (or product''s) has plan_code, or what an administrator wrote.';
comment on column public.plans.unit_amount is 'Minor units of currency a month.';
comment on column public.plans.credits_per_period is
  'Credits of each paid period, or of each month of it where grant_interval is month.';
comment on column public.plans.grant_interval is
  'Null: a paid period''s credits come at once. month: a longer period''s come month by month.';
comment on column public.plans.trial_credits is 'Credits of a trial, once a person; they end with the trial.';
comment on column public.plans.monthly_limit is 'Images a billing period; null is no limit.';
comment on column public.plans.rollover_cap is 'Unused plan credits that are carried into the next period, at most.';

-- All prices of a plan: who subscribed at an older one keeps the plan.
create table private.price_links (
  price_id text primary key references public.prices (id) on delete cascade,
  plan_id uuid references public.plans (id) on delete cascade,
  package_id uuid references public.credit_packages (id) on delete cascade,
  constraint "a price is of a plan or of a package" check (num_nonnulls(plan_id, package_id) = 1)
);
create index price_links_plan_id_idx on private.price_links (plan_id);
create index price_links_package_id_idx on private.price_links (package_id);
comment on table private.price_links is
  'What a price sells by its or its product''s metadata: the plan that plan_code names, or the package that package_code names.';

alter table public.credit_packages enable row level security;
alter table public.products enable row level security;
alter table public.prices enable row level security;
alter table public.plans enable row level security;

-- sql/platform/billing/checkouts/tables.sql

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
comment on column public.checkouts.external_id is
  'The provider''s session or, of a purchase without a page, its payment (pi_…). What is paid names the checkout by metadata.checkout_id.';

alter table public.checkouts enable row level security;

-- sql/platform/billing/customers/tables.sql

create table public.customers (
  user_id uuid primary key references public.profiles (id),
  stripe_customer_id text unique,
  whop_customer_id text unique,
  default_payment_method text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
comment on table public.customers is
  'A user''s id at each payment provider. The row is the lock under which all billing of one user runs.';
comment on column public.customers.default_payment_method is
  'Stripe''s id of the payment method (or source) that invoices are charged to; null when there is none.';

alter table public.customers enable row level security;

-- sql/platform/billing/inbox/tables.sql

-- The inbox: every event of every sender, stored once, applied once.
create table public.webhook_events (
  id uuid primary key default gen_random_uuid(),
  source text not null,
  external_id text not null,
  event_type text not null,
  payload jsonb not null,
  object_type text,
  object_id text,
  status text not null default 'received',
  waiting_for text,
  error text,
  attempts integer not null default 0,
  next_attempt_at timestamptz,
  received_at timestamptz not null default now(),
  processed_at timestamptz,
  purged_at timestamptz,
  constraint "an event is stored once" unique (source, external_id),
  constraint "an event comes from a known sender" check (source in ('stripe', 'whop')),
  constraint "an event has a known status" check (
    status in ('received', 'applied', 'ignored', 'waiting', 'failed')
  )
);
create index webhook_events_next_attempt_at_idx on public.webhook_events (next_attempt_at)
  where next_attempt_at is not null;
create index webhook_events_waiting_for_idx on public.webhook_events (source, waiting_for)
  where waiting_for is not null;
create index webhook_events_open_idx on public.webhook_events (received_at)
  where status in ('received', 'waiting', 'failed');
-- Events come in order of time: a few pages serve the purge, and no insert pays.
create index webhook_events_received_at_idx on public.webhook_events using brin (received_at);
comment on table public.webhook_events is 'The inbox of all webhooks, with what became of each event.';
comment on column public.webhook_events.status is
  'applied; ignored: of a type without effect; waiting: about something not yet known; failed: see error. waiting and failed are retried until the last attempt: failed without next_attempt_at needs an admin.';
comment on column public.webhook_events.object_type is
  'What it is about, with object_id the key of its version in private.billing_versions; null when nothing is kept.';
comment on column public.webhook_events.waiting_for is
  'What has to be known first, such as customer:cus_1, price:price_1, payment:pi_1, checkout:<id>, product:prod_1, invoice:in_1. It is tried again when that appears.';
comment on column public.webhook_events.purged_at is
  'When the payload was emptied; what it said of its object is kept in private.billing_versions.';

alter table public.webhook_events enable row level security;

-- sql/platform/billing/invoices/tables.sql

create table public.invoices (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references public.profiles (id),
  source text not null default 'stripe',
  external_id text not null,
  subscription_id text,
  status text,
  billing_reason text,
  amount_due integer not null default 0,
  amount_paid integer not null default 0,
  total integer not null default 0,
  currency text not null,
  invoice_number text,
  period_start timestamptz,
  period_end timestamptz,
  attempt_count integer not null default 0,
  next_payment_attempt timestamptz,
  hosted_invoice_url text,
  invoice_pdf text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint "an invoice is known once" unique (source, external_id),
  constraint "an invoice has a known status" check (
    status in ('draft', 'open', 'paid', 'void', 'uncollectible')
  )
);
create index invoices_user_id_idx on public.invoices (user_id, created_at desc);
create index invoices_subscription_id_idx on public.invoices (subscription_id);
comment on table public.invoices is 'Invoices at the payment provider. Amounts are in minor units of currency.';
comment on column public.invoices.period_start is 'The least and (period_end) the greatest period of its lines.';

-- What billing reads of an invoice, whoever sent it.
create type private.invoice_line as (
  price_id text,
  quantity integer,
  amount bigint,              -- minor units, before discounts; negative where something is credited
  is_proration boolean,
  period_start timestamptz,
  period_end timestamptz
);
create type private.invoice_facts as (
  id text,
  customer_id text,
  subscription_id text,
  metadata jsonb,             -- of the invoice, over that of its subscription
  status text,                -- draft, open, paid, void, uncollectible
  billing_reason text,
  amount_due integer,
  amount_paid integer,
  total integer,
  currency text,
  number text,
  attempt_count integer,
  next_payment_attempt timestamptz,
  hosted_url text,
  pdf text,
  created timestamptz,
  lines private.invoice_line[],
  has_more_lines boolean,     -- lines are missing: the whole invoice has to be fetched
  payment_references text[]   -- payment intents and charges that paid it, as far as it names them
);

alter table public.invoices enable row level security;

-- sql/platform/billing/payments/tables.sql

-- One row a payment, keyed by the provider's payment (of a package: its payment
-- intent; of a subscription: its invoice): the fact that grants once, under whatever
-- event it arrives.
create table public.payments (
  source text not null,
  external_id text not null,
  user_id uuid not null references public.profiles (id),
  checkout_id uuid references public.checkouts (id),
  subscription_id text,
  amount integer not null,
  amount_refunded integer not null default 0,
  amount_lost integer not null default 0,
  is_disputed boolean not null default false,
  currency text not null,
  credits integer not null,
  lot_seq bigint,
  created_at timestamptz not null default now(),
  primary key (source, external_id)
);
create index payments_user_id_idx on public.payments (user_id, created_at desc);
create index payments_subscription_id_idx on public.payments (subscription_id);
-- A checkout is paid once.
create unique index payments_checkout_id_idx on public.payments (checkout_id);
comment on table public.payments is
  'A payment that was made and the credits it grants. Amounts are in minor units of currency.';
comment on column public.payments.amount_refunded is 'What went back by refunds that did not fail.';
comment on column public.payments.amount_lost is 'What lost disputes took.';
comment on column public.payments.is_disputed is 'A dispute is open: what is left of its credits is frozen.';
comment on column public.payments.lot_seq is 'The seq of the user''s first lot of it, set in the same transaction.';

-- The lots that a payment grants: one of a package or a period, several where a
-- year is granted month by month. What is taken back is reconciled a lot.
create table private.payment_grants (
  source text not null,
  payment_id text not null,
  n integer not null,
  user_id uuid not null,
  transaction_type text not null,
  credits integer not null,
  due_at timestamptz not null,
  expires_at timestamptz not null default 'infinity',
  rollover_cap integer not null default 0,
  rollover_until timestamptz,
  metadata jsonb not null default '{}'::jsonb,
  lot_seq bigint,
  refunded integer not null default 0,
  charged_back integer not null default 0,
  taken integer not null default 0,
  is_cancelled boolean not null default false,
  primary key (source, payment_id, n),
  foreign key (source, payment_id) references public.payments (source, external_id),
  constraint "a grant has credits" check (credits > 0)
);
create index payment_grants_due_at_idx on private.payment_grants (due_at)
  where lot_seq is null and not is_cancelled;
create index payment_grants_user_id_idx on private.payment_grants (user_id);
comment on table private.payment_grants is
  'The lots of a payment: what each grants, when, and what of it was taken back.';
comment on column private.payment_grants.lot_seq is 'The lot, once it is granted.';
comment on column private.payment_grants.refunded is 'Credits reversed for refunds; charged_back those for lost disputes.';
comment on column private.payment_grants.taken is 'How much of both was taken from the lot itself.';
comment on column private.payment_grants.is_cancelled is 'The subscription ended before it was due.';

-- What else names a payment: its payment intent, charge and invoice.
create table private.payment_references (
  source text not null,
  reference text not null,
  payment_id text not null,
  primary key (source, reference),
  foreign key (source, payment_id) references public.payments (source, external_id)
);
create index payment_references_payment_id_idx on private.payment_references (source, payment_id);
comment on table private.payment_references is
  'The ids under which refunds, disputes and charges name a payment.';

-- What charges say of their refunds. A charge's amount_refunded is there before its
-- refunds are known one by one.
create table private.charges (
  source text not null,
  id text not null,
  payment_id text not null,
  amount integer not null,
  amount_refunded integer not null,
  primary key (source, id),
  foreign key (source, payment_id) references public.payments (source, external_id)
);
create index charges_payment_id_idx on private.charges (source, payment_id);
comment on table private.charges is 'Charges of payments, mirrored. Amounts are in minor units.';

create table public.refunds (
  id text primary key,
  source text not null default 'stripe',
  user_id uuid not null references public.profiles (id),
  payment_id text not null,
  amount integer not null,
  currency text not null,
  status text not null,
  reason text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  foreign key (source, payment_id) references public.payments (source, external_id)
);
create index refunds_user_id_idx on public.refunds (user_id, created_at desc);
create index refunds_payment_id_idx on public.refunds (source, payment_id);
comment on table public.refunds is
  'Refunds by their ids at the provider. amount is in minor units; status: pending, requires_action, succeeded, failed, canceled.';

create table public.disputes (
  id text primary key,
  source text not null default 'stripe',
  user_id uuid not null references public.profiles (id),
  payment_id text not null,
  amount integer not null,
  currency text not null,
  status text not null,
  reason text,
  evidence_due_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  foreign key (source, payment_id) references public.payments (source, external_id)
);
create index disputes_user_id_idx on public.disputes (user_id, created_at desc);
create index disputes_payment_id_idx on public.disputes (source, payment_id);
comment on table public.disputes is
  'Disputes by their ids at the provider, in Stripe''s words. needs_response and under_review freeze the payment''s credits, won frees them, lost takes them; inquiries (warning_…) do nothing.';

-- What billing reads of a charge, a refund and a dispute, whoever sent it.
-- payment_references: the ids under which they name their payment, the surest first.
create type private.charge_facts as (
  id text,
  payment_references text[],
  status text,
  amount integer,
  amount_refunded integer
);
create type private.refund_facts as (
  id text,
  payment_references text[],
  status text,
  amount integer,
  currency text,
  reason text,
  created timestamptz
);
create type private.dispute_facts as (
  id text,
  payment_references text[],
  status text,
  amount integer,
  currency text,
  reason text,
  evidence_due_at timestamptz,
  created timestamptz
);

alter table public.payments enable row level security;
alter table public.refunds enable row level security;
alter table public.disputes enable row level security;

-- sql/platform/billing/subscriptions/tables.sql

create table public.subscriptions (
  id text primary key,
  row_id uuid not null unique default gen_random_uuid(),
  user_id uuid not null references public.profiles (id),
  price_id text references public.prices (id) on delete set null,
  plan_id uuid references public.plans (id) on delete set null,
  source text not null default 'stripe',
  status text not null,
  quantity integer not null default 1,
  cancel_at_period_end boolean not null default false,
  current_period_start timestamptz not null default now(),
  current_period_end timestamptz not null default now(),
  trial_start timestamptz,
  trial_end timestamptz,
  cancel_at timestamptz,
  canceled_at timestamptz,
  ended_at timestamptz,
  customer_id text,
  item_id text,
  schedule_id text,
  metadata jsonb not null default '{}'::jsonb,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint "a subscription has a known status" check (status in (
    'trialing', 'active', 'past_due', 'unpaid', 'paused', 'canceled', 'incomplete', 'incomplete_expired'
  )),
  constraint "a subscription has a quantity" check (quantity > 0),
  constraint "a subscription comes from a known seller" check (source in ('stripe', 'whop'))
);
create index subscriptions_user_id_idx on public.subscriptions (user_id, created_at desc);
create index subscriptions_price_id_idx on public.subscriptions (price_id);
create index subscriptions_plan_id_idx on public.subscriptions (plan_id);
comment on table public.subscriptions is 'Subscriptions at Stripe and Whop, by their ids there; statuses are Stripe''s words.';
comment on column public.subscriptions.item_id is
  'Stripe''s id of the item that is the plan: what an upgrade changes. schedule_id: of its schedule, if it has one.';

create table public.subscription_history (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references public.profiles (id),
  subscription_id text references public.subscriptions (id) on delete cascade,
  plan_id uuid references public.plans (id) on delete set null,
  status text not null,
  started_at timestamptz not null,
  ended_at timestamptz,
  canceled_at timestamptz,
  created_at timestamptz not null default now()
);
create index subscription_history_user_id_idx on public.subscription_history (user_id, started_at desc);
create index subscription_history_subscription_id_idx on public.subscription_history (subscription_id);
create index subscription_history_plan_id_idx on public.subscription_history (plan_id);
comment on table public.subscription_history is
  'The states that a subscription was in, one row each: a run of versions with one status and plan.';

-- What billing reads of a subscription, whoever sent it.
create type private.subscription_facts as (
  id text,
  customer_id text,
  price_id text,
  item_id text,
  status text,                -- Stripe's words
  quantity integer,
  period_start timestamptz,
  period_end timestamptz,
  trial_start timestamptz,
  trial_end timestamptz,
  cancel_at_period_end boolean,
  cancel_at timestamptz,
  canceled_at timestamptz,
  ended_at timestamptz,
  schedule_id text,
  metadata jsonb,
  created timestamptz
);

alter table public.subscriptions enable row level security;
alter table public.subscription_history enable row level security;

-- sql/platform/billing/versions/tables.sql

-- What the senders said of their objects: one row an object, one row a version.
-- Mirrors, history and credits are functions of these rows, whatever order they
-- came in.
create table private.billing_objects (
  source text not null,
  type text not null,
  id text not null,
  user_id uuid,
  stale_since timestamptz,
  asked_at timestamptz,
  asks integer not null default 0,
  primary key (source, type, id)
);
create index billing_objects_stale_since_idx on private.billing_objects (stale_since)
  where stale_since is not null;
create index billing_objects_user_id_idx on private.billing_objects (user_id, type);
comment on table private.billing_objects is
  'Objects of Stripe and Whop that events told of, by the senders'' words for them: subscription, invoice, charge, … The row is locked while its object is computed anew.';
comment on column private.billing_objects.user_id is 'Whose it is, once known.';
comment on column private.billing_objects.stale_since is
  'Its versions do not decide what it is now: it has to be fetched. asked_at is when somebody last went to, asks how often.';

create table private.billing_versions (
  source text not null,
  type text not null,
  object_id text not null,
  event_id text not null,
  event_type text not null,
  created timestamptz not null,
  rank smallint not null default 0,
  is_synthetic boolean not null default false,
  object jsonb not null,
  previous jsonb,
  primary key (source, type, object_id, event_id),
  foreign key (source, type, object_id) references private.billing_objects (source, type, id)
);
comment on table private.billing_versions is
  'Every version of every object that an event or a fetch told, kept when the inbox is emptied.';
comment on column private.billing_versions.created is 'The event''s time at its sender, in whole seconds.';
comment on column private.billing_versions.rank is
  'Where in its life the object is, for states that are never left backwards; it counts before the time.';
comment on column private.billing_versions.is_synthetic is
  'Fetched, not sent: it supersedes all versions of its rank up to its second.';
comment on column private.billing_versions.previous is 'Stripe''s previous_attributes: what had changed, as it was before.';

-- The version that counts.
create type private.picked_version as (
  object jsonb,
  event_type text,
  created timestamptz,
  rank smallint
);

-- sql/platform/email/tables.sql

create table public.email_templates (
  id uuid primary key default gen_random_uuid(),
  name text not null unique,
  subject text not null,
  html_content text not null,
  text_content text,
  sendgrid_template_id text,
  is_active boolean default true,
  created_at timestamptz default now(),
  updated_at timestamptz default now(),
  constraint "template texts are bounded" check (
    char_length(name) between 1 and 200 and char_length(subject) between 1 and 998
    and octet_length(html_content) <= 1048576 and octet_length(text_content) <= 1048576
  )
);
comment on table public.email_templates is 'Texts of emails; written by admins.';

create table public.email_campaigns (
  id uuid primary key default gen_random_uuid(),
  name text not null,
  template_id uuid references public.email_templates (id),
  target_audience jsonb,
  status text default 'draft',
  scheduled_at timestamptz,
  sent_at timestamptz,
  created_at timestamptz default now(),
  constraint "a campaign has a known status" check (
    status in ('draft', 'scheduled', 'sending', 'completed', 'cancelled')
  ),
  constraint "campaign texts are bounded" check (
    char_length(name) between 1 and 200 and pg_column_size(target_audience) <= 65536
  )
);
create index email_campaigns_template_id_idx on public.email_campaigns (template_id);
comment on table public.email_campaigns is 'A template sent to an audience; written by admins.';

create table public.email_logs (
  id uuid primary key default gen_random_uuid(),
  user_id uuid references public.profiles (id),
  template_id uuid references public.email_templates (id) on delete set null,
  campaign_id uuid references public.email_campaigns (id) on delete set null,
  sendgrid_message_id text,
  status text not null,
  sent_at timestamptz default now(),
  delivered_at timestamptz,
  opened_at timestamptz,
  clicked_at timestamptz,
  constraint "an email has a known status" check (
    status in ('sent', 'delivered', 'opened', 'clicked', 'bounced', 'failed')
  )
);
create index email_logs_user_id_idx on public.email_logs (user_id, sent_at desc);
create index email_logs_template_id_idx on public.email_logs (template_id);
create index email_logs_campaign_id_idx on public.email_logs (campaign_id);
create index email_logs_sendgrid_message_id_idx on public.email_logs (sendgrid_message_id);
comment on table public.email_logs is 'Emails that were sent and what became of them.';

alter table public.email_templates enable row level security;
alter table public.email_campaigns enable row level security;
alter table public.email_logs enable row level security;

-- sql/platform/admin/tables.sql

create table public.admin_logs (
  id uuid primary key default gen_random_uuid(),
  admin_user_id uuid references public.profiles (id),
  action text not null,
  target_type text,
  target_id uuid,
  details jsonb,
  ip_address inet,
  user_agent text,
  created_at timestamptz default now()
);
create index admin_logs_admin_user_id_idx on public.admin_logs (admin_user_id, created_at desc);
create index admin_logs_target_id_idx on public.admin_logs (target_id);
create index admin_logs_created_at_idx on public.admin_logs (created_at desc);
comment on table public.admin_logs is
  'What admins did, written by the admin functions alone; never changed.';

create table public.system_metrics (
  id uuid primary key default gen_random_uuid(),
  metric_name text not null,
  metric_value numeric(15, 4),
  metric_unit text,
  tags jsonb,
  recorded_at timestamptz default now()
);
create index system_metrics_metric_name_idx on public.system_metrics (metric_name, recorded_at desc);
comment on table public.system_metrics is 'Measurements of this installation, in metric_unit.';

create table public.user_activity_logs (
  id uuid primary key default gen_random_uuid(),
  user_id uuid references public.profiles (id),
  activity_type text not null,
  activity_data jsonb,
  ip_address inet,
  user_agent text,
  created_at timestamptz default now(),
  constraint "an activity is bounded" check (
    char_length(activity_type) between 1 and 100
    and pg_column_size(activity_data) <= 16384
    and char_length(user_agent) <= 1000
  )
);
create index user_activity_logs_user_id_idx on public.user_activity_logs (user_id, created_at desc);
comment on table public.user_activity_logs is 'What a user did in a front end, as it reports it.';

alter table public.admin_logs enable row level security;
alter table public.system_metrics enable row level security;
alter table public.user_activity_logs enable row level security;

-- sql/platform/storage/tables.sql

-- Files of a user that everyone signed in may read. A policy of storage.objects reads
-- it as its caller, so it is a table of public and says nothing but what is shared.
create table public.shared_files (
  bucket_id text not null,
  name text not null,
  subject_id uuid not null,
  user_id uuid not null references public.profiles (id),
  created_at timestamptz not null default now(),
  primary key (bucket_id, name, subject_id),
  constraint "only results are shared" check (bucket_id = 'results'),
  constraint "a shared file lies in its user's folder" check (split_part(name, '/', 1) = user_id::text)
);
create index shared_files_subject_id_idx on public.shared_files (subject_id);
create index shared_files_user_id_idx on public.shared_files (user_id);
comment on table public.shared_files is
  'Finished results that their users made public, kept by the products; everyone signed in may download them.';
comment on column public.shared_files.subject_id is 'The product''s row that shares the file.';

alter table public.shared_files enable row level security;

-- sql/platform/identity/functions/create_profile.sql

-- Makes a user's profile, once: repeating returns it as it is. A trigger on profiles
-- makes the credit account and the sign-up credits.
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

  select * into v_profile from public.profiles as p where p.id = p_user_id;
  return v_profile;
end;
$$;

-- sql/platform/identity/functions/delete_my_account.sql

-- The caller leaves for good: open work ends, what is personal goes, the ledger's
-- numbers stay for the books. Repeating it changes nothing.
create function private.delete_my_account()
returns void
language plpgsql
security definer            -- ends what the user cannot, and removes the login
set search_path = ''
as $$
declare
  v_user_id uuid := private.require_user_id();
begin
  perform private.retire_user(v_user_id);
  delete from auth.users as u where u.id = v_user_id;
end;
$$;
grant execute on function private.delete_my_account() to authenticated;

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

-- sql/platform/identity/functions/export_my_data.sql

-- Everything that the caller owns, as one object of tables and their rows: the
-- platform's, and what each product's registered handler adds.
create function private.export_my_data()
returns jsonb
language plpgsql
stable
security definer            -- reads the caller's rows in every module
set search_path = ''
as $$
declare
  v_user_id uuid := private.require_user_id();
  v_data jsonb := '{}'::jsonb;
  v_part jsonb;
  v_table text;
  v_handler text;
begin
  for v_table in select unnest(array[
    'credit_accounts', 'credit_lots', 'credit_holds', 'credit_transactions', 'jobs', 'job_attempts',
    'customers', 'checkouts', 'payments', 'refunds', 'disputes', 'subscriptions', 'subscription_history', 'invoices',
    'api_usage_logs', 'email_logs', 'user_activity_logs'
  ]) loop
    execute format(
      'select coalesce(jsonb_agg(to_jsonb(t)), ''[]''::jsonb) from public.%I as t where t.user_id = $1', v_table
    ) into v_part using v_user_id;
    v_data := v_data || jsonb_build_object('public.' || v_table, v_part);
  end loop;
  v_data := v_data || jsonb_build_object(
    'public.profiles', (select jsonb_agg(to_jsonb(p)) from public.profiles as p where p.id = v_user_id),
    'storage.objects', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'bucket_id', o.bucket_id, 'name', o.name, 'metadata', o.metadata, 'created_at', o.created_at
      )), '[]'::jsonb)
      from storage.objects as o
      where o.bucket_id in ('uploads', 'results')
        and o.name >= v_user_id::text || '/' and o.name < v_user_id::text || '0'
    )
  );
  for v_handler in select h.handler from private.export_handlers as h order by h.handler loop
    execute format('select %s($1)', to_regprocedure(v_handler || '(uuid)')::oid::regproc)
      into v_part using v_user_id;
    v_data := v_data || coalesce(v_part, '{}'::jsonb);
  end loop;
  return v_data;
end;
$$;
grant execute on function private.export_my_data() to authenticated;

-- sql/platform/identity/functions/fill_profile.sql

-- A profile that its user inserts gets a username if it brings none.
create function private.fill_profile()
returns trigger
language plpgsql
security definer            -- looks at everybody's usernames
set search_path = ''
as $$
begin
  new.username := coalesce(
    nullif(btrim(new.username), ''), private.free_username(split_part(coalesce(new.email, ''), '@', 1))
  );
  return new;
end;
$$;

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
-- setting are read: older gateways set request.jwt.claim.sub. plpgsql, since every
-- policy asks it, and evaluates an expression sooner than sql runs a query.
create function private.jwt_sub()
returns text
language plpgsql
stable
set search_path = ''
as $$
begin
  return coalesce(
    nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub',
    nullif(current_setting('request.jwt.claim.sub', true), '')
  );
end;
$$;

-- sql/platform/identity/functions/keep_owner.sql

-- For triggers that fire when a row's user_id would change: it stays its user's, since
-- what stands on it (items, jobs, files) is theirs too.
create function private.keep_owner()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  raise exception using
    errcode = '42501', message = 'owner_is_fixed',
    detail = format('The row belongs to %s.', old.user_id),
    hint = 'Delete it, and let the other user insert their own.';
end;
$$;

-- sql/platform/identity/functions/open_account.sql

-- Every profile has a credit account, and the sign-up credits once.
create function private.open_account()
returns trigger
language plpgsql
security definer            -- accounts are not the new user's to write
set search_path = ''
as $$
declare
  v_credits integer := private.setting('signup_credits', '100')::integer;
begin
  insert into public.credit_accounts (user_id)
  values (new.id)
  on conflict (user_id) do nothing;
  if v_credits > 0 then
    perform private.grant_credits(
      new.id, v_credits, 'trial_grant',
      p_description => 'Sign-up credits',
      p_idempotency_key => 'signup'
    );
  end if;
  return null;
end;
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
security definer            -- policies of profiles would recurse
set search_path = ''
as $$
declare
  v_user_id uuid := private.user_id();
begin
  -- As private.is_admin() asks, without asking who it is once more.
  if exists (
    select 1 from public.profiles as p where p.id = v_user_id and p.role = 'admin' and p.is_active
  ) then
    return '00000000-0000-0000-0000-000000000000'::uuid;
  end if;
  return v_user_id;
end;
$$;
grant execute on function private.visible_from() to anon, authenticated, service_role;

-- sql/platform/identity/functions/visible_to.sql

-- The greatest user id whose rows the caller may read: see visible_from().
create function private.visible_to()
returns uuid
language plpgsql
stable
security definer            -- policies of profiles would recurse
set search_path = ''
as $$
declare
  v_user_id uuid := private.user_id();
begin
  -- As private.is_admin() asks, without asking who it is once more.
  if exists (
    select 1 from public.profiles as p where p.id = v_user_id and p.role = 'admin' and p.is_active
  ) then
    return 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid;
  end if;
  return v_user_id;
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
    select a.user_id, 'a lot expires before its account looks', 0, (
      select count(*)
      from public.credit_lots as l
      where l.user_id = a.user_id and l.spendable and l.expires_at < a.next_expiry_at
    )
    from account as a
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

-- sql/platform/credits/functions/check_spends.sql

-- Refuses what is no batch of spends: PT400 batch_invalid, amount_invalid. Values that
-- are missing are refused by the spends themselves.
create function private.check_spends(p_spends jsonb)
returns void
language plpgsql
immutable
set search_path = ''
as $$
begin
  if p_spends is null or jsonb_typeof(p_spends) <> 'array' or jsonb_array_length(p_spends) > 1000 then
    raise exception using
      errcode = 'PT400', message = 'batch_invalid',
      detail = 'p_spends must be an array of at most 1000 spends.',
      hint = 'Send [{"user_id", "amount", "description", "metadata", "idempotency_key"}, …].';
  end if;
  if exists (
    select 1
    from jsonb_array_elements(p_spends) as s
    where not pg_input_is_valid(s.value ->> 'user_id', 'uuid')
  ) then
    raise exception using
      errcode = 'PT400', message = 'batch_invalid',
      detail = 'A user_id is no uuid.', hint = 'Send the users'' ids.';
  end if;
  if exists (
    select 1
    from jsonb_array_elements(p_spends) as s
    where not pg_input_is_valid(s.value ->> 'amount', 'integer')
  ) then
    raise exception using
      errcode = 'PT400', message = 'amount_invalid',
      detail = 'An amount is no whole number of credits.',
      hint = 'Send whole credits from 1 to 1000000000.';
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
      set
        held = l.held - v_take,
        spent = l.spent + v_take,
        rolled_held = case when l.rolled_held > l.held - v_take then l.held - v_take else l.rolled_held end
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

-- sql/platform/credits/functions/end_lot.sql

-- Lets a lot end no later than a time; past, it ends now. What it may carry over ends
-- then too.
create function private.end_lot(p_user_id uuid, p_lot_seq bigint, p_ends_at timestamptz, p_now timestamptz)
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform private.lock_account(p_user_id, p_now);
  update public.credit_lots as l
  set
    expires_at = least(l.expires_at, p_ends_at),
    rollover_until = case when l.rollover_until > p_ends_at then p_ends_at else l.rollover_until end
  where l.user_id = p_user_id and l.seq = p_lot_seq
    and (l.expires_at > p_ends_at or l.rollover_until > p_ends_at);
  if found then
    update public.credit_accounts as a
    set next_expiry_at = p_ends_at
    where a.user_id = p_user_id and a.next_expiry_at > p_ends_at;
    perform private.lock_account(p_user_id, p_now);
  end if;
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
-- stays held, a frozen lot waits for its dispute. Of a lot that rolls over as much as
-- its cap stays, until the time it may be carried to.
create function private.expire_lots(p_account public.credit_accounts, p_now timestamptz)
returns public.credit_accounts
language plpgsql
set search_path = ''
as $$
declare
  v_account public.credit_accounts;
  v_lot public.credit_lots;
  v_kept integer;
  v_next timestamptz;
begin
  loop
    for v_lot in
      select *
      from public.credit_lots as l
      where l.user_id = p_account.user_id and l.spendable and l.expires_at <= p_now
      order by l.expires_at, l.seq
    loop
      v_kept := 0;
      if v_lot.rollover_until > v_lot.expires_at then
        v_kept := least(v_lot.remaining, v_lot.rollover_cap);
        update public.credit_lots as l
        set
          remaining = v_kept,
          expired = l.expired + v_lot.remaining - v_kept,
          expires_at = v_lot.rollover_until,
          rollover_until = null,
          rollover_cap = l.rollover_cap - v_kept,
          rolled_held = l.held
        where l.user_id = v_lot.user_id and l.seq = v_lot.seq;
      else
        update public.credit_lots as l
        set remaining = 0, expired = l.expired + v_lot.remaining
        where l.user_id = v_lot.user_id and l.seq = v_lot.seq;
      end if;
      if v_lot.remaining > v_kept then
        perform private.post_transaction(
          v_lot.user_id, 'expiration', 'expire', v_kept - v_lot.remaining, 0, 0,
          'Credits expired', p_cause_type => 'lot', p_cause_id => v_lot.seq::text
        );
      end if;
    end loop;

    select coalesce(min(l.expires_at), 'infinity') into v_next
    from public.credit_lots as l
    where l.user_id = p_account.user_id and l.spendable;
    -- What was carried over may be over as well by now.
    exit when v_next > p_now;
  end loop;

  update public.credit_accounts as a
  set next_expiry_at = v_next
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

-- sql/platform/credits/functions/give_back.sql

-- Undoes so much of a reversal: what had become debt or had come from elsewhere
-- repays debt and is a new lot that lives as long as the first; what the lot itself
-- gave (p_from_lot) returns to it, as all returned credits do, under the reversal's
-- type. Answers what the lot got.
create function private.give_back(
  p_user_id uuid,
  p_amount integer,
  p_transaction_type text,
  p_lot_seq bigint,
  p_from_lot integer,
  p_description text,
  p_cause_type text,
  p_cause_id text,
  p_now timestamptz
)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_debt integer;
  v_own integer := least(p_amount, p_from_lot);
  v_back record;
  v_expires_at timestamptz;
begin
  perform private.lock_account(p_user_id, p_now);
  if p_amount > v_own then
    select nullif(l.expires_at, 'infinity') into v_expires_at
    from public.credit_lots as l
    where l.user_id = p_user_id and l.seq = p_lot_seq;
    perform private.grant_credits(
      p_user_id, p_amount - v_own, case p_transaction_type when 'refund' then 'refund' else 'adjustment' end,
      p_description, p_expires_at => v_expires_at, p_cause_type => p_cause_type, p_cause_id => p_cause_id,
      p_now => p_now, p_is_late => true
    );
  end if;
  if v_own > 0 then
    select a.debt into v_debt from public.credit_accounts as a where a.user_id = p_user_id;
    select * into v_back
    from private.return_to_lot(p_user_id, p_lot_seq, v_own, 'revoked', v_debt, p_now);
    perform private.post_transaction(
      p_user_id, p_transaction_type, 'restore', v_back.free, v_back.frozen + v_back.expired, -v_back.repaid,
      p_description, p_cause_type => p_cause_type, p_cause_id => p_cause_id
    );
    if v_back.expired > 0 then
      perform private.post_transaction(
        p_user_id, 'expiration', 'expire', 0, -v_back.expired, 0,
        'Returned after they had expired', p_cause_type => 'lot', p_cause_id => p_lot_seq::text
      );
    end if;
  end if;
  return v_own;
end;
$$;

-- sql/platform/credits/functions/grant_credits.sql

-- Puts credits into an account as one lot. A debt is repaid first: that part of
-- the lot counts as spent. The cause lets a reversal find the lot again. Late credits
-- (of a period that was paid for and is over by now) are booked and expire at once.
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
  p_now timestamptz default now(),
  p_rollover_cap integer default 0,
  p_rollover_until timestamptz default null,
  p_is_late boolean default false
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
  if p_expires_at <= p_now and not p_is_late then
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
    user_id, seq, source, granted, remaining, spent, priority, expires_at, rollover_cap, rollover_until,
    cause_type, cause_id
  )
  values (
    p_user_id, v_row.seq, p_transaction_type, p_amount, p_amount - v_repaid, v_repaid,
    private.lot_priority(p_transaction_type), coalesce(p_expires_at, 'infinity'),
    p_rollover_cap, p_rollover_until, p_cause_type, p_cause_id
  );

  if p_expires_at is not null then
    update public.credit_accounts as a
    set next_expiry_at = least(a.next_expiry_at, p_expires_at)
    where a.user_id = p_user_id;
    if p_expires_at <= p_now then
      perform private.lock_account(p_user_id, p_now);
    end if;
  end if;
  return v_row;
end;
$$;
grant execute on function private.grant_credits(
  uuid, integer, text, text, jsonb, text, timestamptz, text, text, uuid, timestamptz, integer, timestamptz, boolean
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

-- sql/platform/credits/functions/move_expiry.sql

-- Moves the end of a lot that carries nothing over, such as a trial's. Moved to a time
-- to come, what expired unused lives again.
create function private.move_expiry(p_user_id uuid, p_lot_seq bigint, p_expires_at timestamptz, p_now timestamptz)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_account public.credit_accounts := private.lock_account(p_user_id, p_now);
  v_lot public.credit_lots;
  v_back record;
begin
  update public.credit_lots as l
  set expires_at = p_expires_at
  where l.user_id = p_user_id and l.seq = p_lot_seq and l.expires_at <> p_expires_at
  returning * into v_lot;
  if not found then
    return;
  end if;
  if v_lot.expired > 0 and p_expires_at > p_now then
    select * into v_back
    from private.return_to_lot(p_user_id, p_lot_seq, v_lot.expired, 'expired', v_account.debt, p_now);
    perform private.post_transaction(
      p_user_id, 'expiration', 'restore', v_back.free, v_back.frozen, -v_back.repaid,
      'Credits last longer', p_cause_type => 'lot', p_cause_id => p_lot_seq::text
    );
  end if;
  update public.credit_accounts as a
  set next_expiry_at = p_expires_at
  where a.user_id = p_user_id and a.next_expiry_at > p_expires_at;
  perform private.lock_account(p_user_id, p_now);
end;
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

-- Gives back what a hold did not capture, to its lots in reverse order; see
-- private.return_to_lot. Only a repayment or an expiry shows in the ledger.
create function private.return_held_lots(p_hold public.credit_holds, p_now timestamptz)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_left integer := p_hold.amount - p_hold.captured;
  v_debt integer;
  v_part integer;
  v_free integer := 0;
  v_repaid integer := 0;
  v_expired integer := 0;
  v_back record;
begin
  select a.debt into v_debt from public.credit_accounts as a where a.user_id = p_hold.user_id;
  for i in reverse array_length(p_hold.lot_seqs, 1) .. 1 loop
    exit when v_left = 0;
    v_part := least(p_hold.lot_amounts[i], v_left);
    v_left := v_left - v_part;
    select * into v_back
    from private.return_to_lot(
      p_hold.user_id, p_hold.lot_seqs[i], v_part, 'held', v_debt - v_repaid, p_now
    );
    v_repaid := v_repaid + v_back.repaid;
    v_expired := v_expired + v_back.expired;
    v_free := v_free + v_back.free;   -- what is frozen stays held, now by the freeze
  end loop;

  if v_repaid > 0 then
    perform private.post_transaction(
      p_hold.user_id, 'adjustment', 'repay', 0, -v_repaid, -v_repaid,
      'Debt repaid from returned credits', p_hold_id => p_hold.id
    );
  end if;
  if v_expired > 0 then
    perform private.post_transaction(
      p_hold.user_id, 'expiration', 'expire', 0, -v_expired, 0,
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

-- sql/platform/credits/functions/return_to_lot.sql

-- Puts credits back into a lot of a locked account, from what it has as held, revoked
-- or expired, and says what became of them: debt (that is left to repay) first; then
-- they stay frozen if the lot is, else expire if it is over, else are free again. A
-- lot that was carried over takes back what was held since, and of what was gone
-- before only so much as it could have carried.
create function private.return_to_lot(
  p_user_id uuid,
  p_seq bigint,
  p_amount integer,
  p_from text,
  p_debt integer,
  p_now timestamptz,
  out repaid integer,
  out frozen integer,
  out free integer,
  out expired integer
)
language plpgsql
set search_path = ''
as $$
declare
  v_lot public.credit_lots;
  v_rest integer;
  v_old integer := 0;
begin
  select * into v_lot
  from public.credit_lots as l
  where l.user_id = p_user_id and l.seq = p_seq;
  if v_lot.frozen_at is null and v_lot.expires_at <= p_now and v_lot.rollover_until > v_lot.expires_at then
    -- Its time came while nothing remained to be carried over.
    v_lot.expires_at := v_lot.rollover_until;
    v_lot.rollover_until := null;
    v_lot.rolled_held := v_lot.held;
  end if;

  repaid := least(p_amount, p_debt);
  frozen := 0;
  free := 0;
  expired := 0;
  v_rest := p_amount - repaid;
  if v_lot.rolled_held is not null then
    v_old := case when p_from = 'held' then least(p_amount, v_lot.rolled_held) else p_amount end;
    if p_from = 'held' then
      v_lot.rolled_held := v_lot.rolled_held - v_old;
    end if;
    v_old := greatest(v_old - repaid, 0);
  end if;
  if v_lot.frozen_at is not null then
    frozen := v_rest;
  elsif v_lot.expires_at <= p_now then
    expired := v_rest;
  else
    expired := greatest(v_old - v_lot.rollover_cap, 0);
    free := v_rest - expired;
    v_lot.rollover_cap := case
      when v_lot.rolled_held is not null then v_lot.rollover_cap - (v_old - expired) else v_lot.rollover_cap
    end;
  end if;

  update public.credit_lots as l
  set
    held = l.held - case p_from when 'held' then p_amount else 0 end,
    revoked = l.revoked - case p_from when 'revoked' then p_amount else 0 end,
    expired = l.expired + return_to_lot.expired - case p_from when 'expired' then p_amount else 0 end,
    spent = l.spent + repaid,
    remaining = l.remaining + frozen + free,
    expires_at = v_lot.expires_at,
    rollover_until = v_lot.rollover_until,
    rollover_cap = v_lot.rollover_cap,
    rolled_held = v_lot.rolled_held
  where l.user_id = p_user_id and l.seq = p_seq;
  if free > 0 then
    update public.credit_accounts as a
    set next_expiry_at = v_lot.expires_at
    where a.user_id = p_user_id and a.next_expiry_at > v_lot.expires_at;
  end if;
end;
$$;

-- sql/platform/credits/functions/reverse_credits.sql

-- Takes back credits whose money went back (a refund) or was lost (a dispute):
-- that purchase's lot first, then other lots in burn order, then debt. Of the lot
-- first what expired unused: that expiry is undone and the reversal takes it, so that
-- it is not taken a second time from other credits. Held credits are never touched.
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
  v_from_expired integer := 0;
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
    v_from_expired := least(p_amount, coalesce(v_lot.expired, 0));
    v_from_lot := least(p_amount - v_from_expired, coalesce(v_lot.remaining, 0));
    if v_from_expired + v_from_lot > 0 then
      update public.credit_lots as l
      set
        expired = l.expired - v_from_expired,
        remaining = l.remaining - v_from_lot,
        revoked = l.revoked + v_from_expired + v_from_lot,
        rollover_cap = l.rollover_cap + case when l.rolled_held is not null then v_from_lot else 0 end
      where l.user_id = p_user_id and l.seq = p_lot_seq;
    end if;
    if v_from_expired > 0 then
      perform private.post_transaction(
        p_user_id, 'expiration', 'restore', 0, v_from_expired, 0,
        'Expired credits that a reversal takes', p_cause_type => 'lot', p_cause_id => p_lot_seq::text
      );
    end if;
    if v_lot.frozen_at is not null then
      -- A frozen lot's remaining counts as held by the freeze, not by work.
      v_from_frozen := v_from_lot;
      v_from_lot := 0;
    end if;
  end if;

  v_from_others := least(
    p_amount - v_from_expired - v_from_lot - v_from_frozen, v_account.balance - v_from_lot
  );
  if v_from_others > 0 then
    perform private.draw_lots(p_user_id, v_from_others, 'revoked');
  end if;
  return private.post_transaction(
    p_user_id, p_transaction_type, 'reverse',
    -(v_from_lot + v_from_others), -(v_from_frozen + v_from_expired),
    p_amount - v_from_expired - v_from_lot - v_from_frozen - v_from_others,
    p_description, p_metadata, p_idempotency_key,
    p_cause_type => p_cause_type, p_cause_id => p_cause_id, p_actor_id => p_actor_id
  );
end;
$$;

-- sql/platform/credits/functions/spend_credits.sql

-- Takes credits for work that is done. Lots burn by priority, then expiry, then age.
-- The hottest path of the ledger: the account and its transaction are written by one
-- statement here, and helpers are called only for what is not usual (an expiry, a
-- repeated key, a closed account, a refusal) besides the checks and the lots.
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
  perform private.check_spends(p_spends);

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

-- sql/platform/credits/functions/take_back.sql

-- Reverses credits of a lot and answers how much the lot itself gave.
create function private.take_back(
  p_user_id uuid,
  p_amount integer,
  p_transaction_type text,
  p_lot_seq bigint,
  p_description text,
  p_cause_type text,
  p_cause_id text,
  p_now timestamptz
)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_before integer;
  v_after integer;
begin
  perform private.lock_account(p_user_id, p_now);
  select l.revoked into v_before
  from public.credit_lots as l
  where l.user_id = p_user_id and l.seq = p_lot_seq;
  perform private.reverse_credits(
    p_user_id, p_amount, p_transaction_type, p_lot_seq, p_description,
    p_cause_type => p_cause_type, p_cause_id => p_cause_id, p_now => p_now
  );
  select l.revoked into v_after
  from public.credit_lots as l
  where l.user_id = p_user_id and l.seq = p_lot_seq;
  return v_after - v_before;
end;
$$;

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

-- sql/platform/credits/functions/void_lot.sql

-- Undoes a grant as far as it was not spent: what remains of the lot and what expired
-- of it, under the type it was granted with.
create function private.void_lot(
  p_user_id uuid,
  p_lot_seq bigint,
  p_transaction_type text,
  p_description text,
  p_now timestamptz
)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_lot public.credit_lots;
begin
  perform private.lock_account(p_user_id, p_now);
  select * into v_lot
  from public.credit_lots as l
  where l.user_id = p_user_id and l.seq = p_lot_seq and l.frozen_at is null;
  if not found or v_lot.remaining + v_lot.expired = 0 then
    return;
  end if;
  update public.credit_lots as l
  set remaining = 0, expired = 0, revoked = l.revoked + v_lot.remaining + v_lot.expired
  where l.user_id = p_user_id and l.seq = p_lot_seq;
  if v_lot.expired > 0 then
    perform private.post_transaction(
      p_user_id, 'expiration', 'restore', 0, v_lot.expired, 0,
      p_description, p_cause_type => 'lot', p_cause_id => p_lot_seq::text
    );
  end if;
  perform private.post_transaction(
    p_user_id, p_transaction_type, 'reverse', -v_lot.remaining, -v_lot.expired, 0,
    p_description, p_cause_type => 'lot', p_cause_id => p_lot_seq::text
  );
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
  if exists (
    select 1
    from jsonb_array_elements(p_completions) as c
    where not pg_input_is_valid(c.value ->> 'job_id', 'uuid')
      or not pg_input_is_valid(c.value ->> 'lock_token', 'uuid')
  ) then
    raise exception using
      errcode = 'PT400', message = 'batch_invalid',
      detail = 'A job_id or a lock_token is no uuid.', hint = 'Send them as claim_jobs gave them.';
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
      -- Past its deadline a job is not tried again, however long the provider says.
      when p_retry_in is not null then least(greatest(p_retry_in, interval '0'), v_type.deadline)
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
    -- As long as a callback may name them: both are the key of the task.
    or coalesce(char_length(p_state ->> 'provider'), 0) not between 1 and 100
    or coalesce(char_length(p_state ->> 'external_id'), 0) not between 1 and 500 then
    raise exception using
      errcode = 'PT400', message = 'state_invalid',
      detail = 'The state is not a small object with provider and external_id.',
      hint = 'Send {"provider", "external_id", …}, at most 100 and 500 characters and 64 kB in all.';
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
  if char_length(p_url) > 8192 then
    return null;            -- decoding it would take its time
  end if;
  if v_base is not null and starts_with(v_path, v_base || '/') then
    v_path := substr(v_path, char_length(v_base) + 1);
  end if;
  v_path := regexp_replace(
    v_path, '^/storage/v1/object/(?:(?:authenticated|public|sign)/)?' || p_bucket || '/', ''
  );
  v_path := private.url_decode(regexp_replace(v_path, '[?#].*$', ''));
  if v_path is null or v_path like '%\%%' or v_path !~ '^[0-9a-f-]{36}/[^/\\]' or v_path ~ '(^|/)\.\.?(/|$)' or v_path ~ '[[:cntrl:]\\]'
    or v_path ~ '//' or octet_length(v_path) > 1024 then
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

-- sql/platform/billing/catalogue/functions/apply_price.sql

-- Writes a price's mirror from its versions and links it. A price of a product that
-- is not known waits for it.
create function private.apply_price(p_source text, p_id text)
returns text
language plpgsql
set search_path = ''
as $$
declare
  v_version private.picked_version;
  v_object jsonb;
  v_product_id text;
begin
  perform 1
  from private.billing_objects as o
  where o.source = p_source and o.type = 'price' and o.id = p_id
  for no key update;
  v_version := private.pick_version(p_source, 'price', p_id);
  v_object := private.whole_object(p_source, 'price', p_id, v_version);
  v_product_id := coalesce(v_object #>> '{product,id}', v_object ->> 'product');
  if v_product_id is null and v_version.rank = 9 then
    return 'applied';         -- deleted before anything else was known of it
  end if;
  -- Share-locked: its metadata may name what the price sells, and may be changing.
  perform 1 from public.products as p where p.id = v_product_id for share;
  if not found then
    return 'product:' || v_product_id;
  end if;
  perform private.put_price(
    p_source, p_id, v_product_id, v_object ->> 'nickname', (v_object ->> 'unit_amount')::bigint,
    v_object ->> 'currency', v_object ->> 'type', v_object #>> '{recurring,interval}',
    coalesce((v_object #>> '{recurring,interval_count}')::integer, 1),
    coalesce((v_object #>> '{recurring,trial_period_days}')::integer, 0),
    coalesce((v_object ->> 'active')::boolean, true),
    coalesce(nullif(v_object -> 'metadata', 'null'), '{}'::jsonb),
    case when v_version.rank = 9 then v_version.created end,
    coalesce(private.unix_time(v_object ->> 'created'), v_version.created)
  );
  return coalesce(private.link_price(p_id), 'applied');
end;
$$;

-- sql/platform/billing/catalogue/functions/apply_product.sql

-- Writes a product's mirror from its versions, and links its prices anew, since its
-- metadata may name their plan or package.
create function private.apply_product(p_source text, p_id text)
returns text
language plpgsql
set search_path = ''
as $$
declare
  v_version private.picked_version;
  v_object jsonb;
  v_price_id text;
  v_missing text;
begin
  perform 1
  from private.billing_objects as o
  where o.source = p_source and o.type = 'product' and o.id = p_id
  for no key update;
  v_version := private.pick_version(p_source, 'product', p_id);
  v_object := private.whole_object(p_source, 'product', p_id, v_version);
  perform private.put_product(
    p_source, p_id, v_object ->> 'name', v_object ->> 'description', v_object #>> '{images,0}',
    coalesce((v_object ->> 'active')::boolean, true),
    coalesce(nullif(v_object -> 'metadata', 'null'), '{}'::jsonb),
    case when v_version.rank = 9 then v_version.created end,
    coalesce(private.unix_time(v_object ->> 'created'), v_version.created)
  );
  for v_price_id in select p.id from public.prices as p where p.product_id = p_id order by p.id loop
    v_missing := coalesce(v_missing, private.link_price(v_price_id));
  end loop;
  return coalesce(v_missing, 'applied');
end;
$$;

-- sql/platform/billing/catalogue/functions/link_price.sql

-- Links a price to the plan or package that its metadata names, or else its
-- product's: plan_code for what recurs, package_code for what is paid once. Answers
-- what is named and not there (plan:<code>, package:<code>), or null.
create function private.link_price(p_price_id text)
returns text
language plpgsql
set search_path = ''
as $$
declare
  v_kind text;
  v_code text;
  v_plan_id uuid;
  v_package_id uuid;
  v_old private.price_links;
begin
  select k.kind, coalesce(p.metadata ->> (k.kind || '_code'), d.metadata ->> (k.kind || '_code'))
  into v_kind, v_code
  from public.prices as p
  join public.products as d on d.id = p.product_id
  cross join lateral (select case p.type when 'recurring' then 'plan' else 'package' end as kind) as k
  where p.id = p_price_id;
  if v_kind = 'plan' then
    select p.id into v_plan_id from public.plans as p where p.code = v_code for no key update;
  else
    select p.id into v_package_id from public.credit_packages as p where p.code = v_code for no key update;
  end if;

  delete from private.price_links as l
  where l.price_id = p_price_id
    and (l.plan_id, l.package_id) is distinct from (v_plan_id, v_package_id)
  returning * into v_old;
  if found then
    update public.plans as p set price_id = null where p.id = v_old.plan_id and p.price_id = p_price_id;
    update public.credit_packages as p
    set stripe_price_id = null
    where p.id = v_old.package_id and p.stripe_price_id = p_price_id;
    perform private.price_plan(v_old.plan_id);
    perform private.price_package(v_old.package_id);
  end if;
  if num_nonnulls(v_plan_id, v_package_id) = 0 then
    return v_kind || ':' || v_code;
  end if;
  insert into private.price_links (price_id, plan_id, package_id)
  values (p_price_id, v_plan_id, v_package_id)
  on conflict (price_id) do nothing;
  perform private.price_plan(v_plan_id);
  perform private.price_package(v_package_id);
  return null;
end;
$$;

-- sql/platform/billing/catalogue/functions/monthly_amount.sql

-- What a recurring price comes to a month, in minor units.
create function private.monthly_amount(p_price public.prices)
returns integer
language sql
immutable
set search_path = ''
as $$
  select round(
    coalesce(p_price.unit_amount, 0)
    * case p_price.interval when 'day' then 30.4375 when 'week' then 4.348125 when 'year' then 1 / 12.0 else 1 end
    / p_price.interval_count
  )::integer;
$$;

-- sql/platform/billing/catalogue/functions/plan_of_price.sql

-- The plan that is sold at a price, or was: null when there is none.
create function private.plan_of_price(p_price_id text)
returns public.plans
language plpgsql
stable
set search_path = ''
as $$
declare
  v_plan public.plans;
begin
  select * into v_plan from public.plans as p where p.price_id = p_price_id;
  if not found then
    select p.* into v_plan
    from private.price_links as l
    join public.plans as p on p.id = l.plan_id
    where l.price_id = p_price_id;
  end if;
  return v_plan;
end;
$$;

-- sql/platform/billing/catalogue/functions/price_package.sql

-- Sets the price that a package is sold at: the newest of those that name it, active
-- ones first. What is offered is then what Stripe will charge.
create function private.price_package(p_package_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_price public.prices;
begin
  select p.* into v_price
  from private.price_links as l
  join public.prices as p on p.id = l.price_id
  where l.package_id = p_package_id and p.unit_amount is not null
  order by p.active desc, p.created_at desc, p.id desc
  limit 1;
  if not found then
    return;
  end if;
  update public.credit_packages as k
  set stripe_price_id = null
  where k.stripe_price_id = v_price.id and k.id <> p_package_id;
  update public.credit_packages as k
  set stripe_price_id = v_price.id, unit_amount = v_price.unit_amount, currency = v_price.currency
  where k.id = p_package_id
    and (k.stripe_price_id, k.unit_amount, k.currency)
      is distinct from (v_price.id, v_price.unit_amount::integer, v_price.currency);
end;
$$;

-- sql/platform/billing/catalogue/functions/price_plan.sql

-- Sets the price that a plan is sold at: the newest of those that name it, active
-- ones first. A plan that no price names keeps what an administrator wrote.
create function private.price_plan(p_plan_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_price public.prices;
begin
  select p.* into v_price
  from private.price_links as l
  join public.prices as p on p.id = l.price_id
  where l.plan_id = p_plan_id
  order by p.active desc, p.created_at desc, p.id desc
  limit 1;
  if not found then
    return;
  end if;
  update public.plans as p
  set price_id = null
  where p.price_id = v_price.id and p.id <> p_plan_id;
  update public.plans as p
  set
    price_id = v_price.id,
    unit_amount = private.monthly_amount(v_price),
    currency = v_price.currency
  where p.id = p_plan_id
    and (p.price_id, p.unit_amount, p.currency)
      is distinct from (v_price.id, private.monthly_amount(v_price), v_price.currency);
end;
$$;

-- sql/platform/billing/catalogue/functions/put_price.sql

-- Mirrors a price.
create function private.put_price(
  p_source text,
  p_id text,
  p_product_id text,
  p_description text,
  p_unit_amount bigint,
  p_currency text,
  p_type text,
  p_interval text,
  p_interval_count integer,
  p_trial_period_days integer,
  p_active boolean,
  p_metadata jsonb,
  p_deleted_at timestamptz,
  p_created timestamptz
)
returns void
language plpgsql
set search_path = ''
as $$
begin
  insert into public.prices as p (
    id, source, product_id, description, unit_amount, currency, type, interval, interval_count,
    trial_period_days, active, metadata, deleted_at, created_at
  )
  values (
    p_id, p_source, p_product_id, p_description, p_unit_amount, p_currency, p_type, p_interval,
    p_interval_count, p_trial_period_days, p_active and p_deleted_at is null, p_metadata, p_deleted_at,
    p_created
  )
  on conflict (id) do update
  set
    product_id = excluded.product_id,
    description = excluded.description,
    unit_amount = excluded.unit_amount,
    currency = excluded.currency,
    type = excluded.type,
    interval = excluded.interval,
    interval_count = excluded.interval_count,
    trial_period_days = excluded.trial_period_days,
    active = excluded.active,
    metadata = excluded.metadata,
    deleted_at = excluded.deleted_at,
    created_at = excluded.created_at;
  perform private.wake_events(p_source, array['price:' || p_id]);
end;
$$;

-- sql/platform/billing/catalogue/functions/put_product.sql

-- Mirrors a product. One that was deleted before anything else was known of it is
-- not worth a row.
create function private.put_product(
  p_source text,
  p_id text,
  p_name text,
  p_description text,
  p_image text,
  p_active boolean,
  p_metadata jsonb,
  p_deleted_at timestamptz,
  p_created timestamptz
)
returns void
language plpgsql
set search_path = ''
as $$
begin
  if p_name is null and p_deleted_at is not null then
    return;
  end if;
  insert into public.products as p (
    id, source, name, description, image, active, metadata, deleted_at, created_at
  )
  values (
    p_id, p_source, p_name, p_description, p_image, p_active and p_deleted_at is null, p_metadata,
    p_deleted_at, p_created
  )
  on conflict (id) do update
  set
    name = excluded.name,
    description = excluded.description,
    image = excluded.image,
    active = excluded.active,
    metadata = excluded.metadata,
    deleted_at = excluded.deleted_at,
    created_at = excluded.created_at;
  perform private.wake_events(p_source, array['product:' || p_id]);
end;
$$;

-- sql/platform/billing/catalogue/functions/stripe_price_of.sql

-- The price of a subscription's item or an invoice's line: as price (an object or an
-- id), under pricing (since 2025-03-31), or as the plan of old.
create function private.stripe_price_of(p_object jsonb)
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  return coalesce(
    p_object #>> '{price,id}',
    p_object ->> 'price',
    p_object #>> '{pricing,price_details,price,id}',
    p_object #>> '{pricing,price_details,price}',
    p_object #>> '{plan,id}'
  );
end;
$$;

-- sql/platform/billing/catalogue/functions/wake_for_plan.sql

-- A plan or a package appeared, or a price is linked: events that waited for it are
-- tried again.
create function private.wake_for_plan()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  perform private.wake_events(
    s.source,
    case tg_table_name
      when 'plans' then array['plan:' || (to_jsonb(new) ->> 'code'), 'price:' || (to_jsonb(new) ->> 'price_id')]
      when 'credit_packages' then array['package:' || (to_jsonb(new) ->> 'code')]
      else array['price:' || (to_jsonb(new) ->> 'price_id')]
    end
  )
  from (values ('stripe'), ('whop')) as s (source);
  return null;
end;
$$;

-- sql/platform/billing/checkouts/functions/apply_checkout_session.sql

-- A session that is paid grants its package's credits, once a payment: the payment
-- is the key, so the session, the late success of a slow method, the payment intent
-- and the same event under another id are one grant.
create function private.apply_checkout_session(p_event_type text, p_session jsonb, p_now timestamptz)
returns text
language plpgsql
set search_path = ''
as $$
declare
  v_checkout public.checkouts;
  v_id text := p_session #>> '{metadata,checkout_id}';
  -- The payment's id, also where Stripe expanded it into an object.
  v_intent text := coalesce(p_session #>> '{payment_intent,id}', p_session ->> 'payment_intent');
begin
  if p_session ->> 'mode' is distinct from 'payment' then
    return 'applied';         -- a subscription's own events tell of it
  end if;
  v_checkout := private.lock_checkout(p_session);
  if v_checkout.id is null then
    -- A session without our mark was made by somebody else than checkout.
    return coalesce('checkout:' || v_id, 'ignored');
  end if;
  if p_event_type = 'checkout.session.async_payment_failed' then
    perform private.end_checkout(v_checkout.id, 'failed');
    return 'applied';
  elsif p_event_type = 'checkout.session.expired' or p_session ->> 'status' = 'expired' then
    perform private.end_checkout(v_checkout.id, 'expired');
    return 'applied';
  elsif coalesce(p_session ->> 'payment_status', '') not in ('paid', 'no_payment_required') then
    return 'applied';         -- a slow method: its own event tells how it ended
  end if;
  if p_session ->> 'currency' is distinct from v_checkout.currency
    or coalesce((p_session ->> 'amount_subtotal')::integer, v_checkout.unit_amount) <> v_checkout.unit_amount then
    perform private.refuse_amount(v_checkout, p_session ->> 'amount_subtotal', p_session ->> 'currency');
  end if;
  perform private.settle_checkout(
    v_checkout, coalesce(v_intent, p_session ->> 'id'),
    coalesce((p_session ->> 'amount_total')::integer, v_checkout.unit_amount),
    array[p_session ->> 'id', coalesce(p_session #>> '{invoice,id}', p_session ->> 'invoice')], p_now
  );
  update public.checkouts as c
  set external_id = p_session ->> 'id'
  where c.id = v_checkout.id and c.external_id is null;
  return 'applied';
end;
$$;

-- sql/platform/billing/checkouts/functions/apply_payment_intent.sql

-- A payment intent that names a checkout of ours and succeeded with its price to the
-- cent pays it, whether or not a session tells the same. With another amount (a
-- discount, a tax) the session that it belongs to compares and grants.
create function private.apply_payment_intent(p_intent jsonb, p_now timestamptz)
returns text
language plpgsql
set search_path = ''
as $$
declare
  v_id text := p_intent #>> '{metadata,checkout_id}';
  v_charge_id text := coalesce(p_intent #>> '{latest_charge,id}', p_intent ->> 'latest_charge');
  v_amount integer;
  v_checkout public.checkouts;
begin
  if p_intent ->> 'status' is distinct from 'succeeded' or v_id is null then
    return 'applied';
  end if;
  select * into v_checkout
  from public.checkouts as c
  where c.id = (select f.id from private.find_checkout(p_intent) as f)
  for no key update;
  if v_checkout.id is null then
    return 'checkout:' || v_id;
  end if;
  v_amount := (p_intent ->> 'amount_received')::integer;
  if v_amount = v_checkout.unit_amount and p_intent ->> 'currency' = v_checkout.currency then
    perform private.settle_checkout(v_checkout, p_intent ->> 'id', v_amount, array[v_charge_id], p_now);
  elsif v_checkout.url is null then
    perform private.refuse_amount(v_checkout, p_intent ->> 'amount_received', p_intent ->> 'currency');
  end if;
  return 'applied';
end;
$$;

-- sql/platform/billing/checkouts/functions/attach_checkout.sql

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
  if p_stripe_customer_id is not null then
    perform private.check_text('p_stripe_customer_id', p_stripe_customer_id, 255);
  end if;
  -- The user's billing first, as everywhere: a webhook may be at this very checkout.
  perform private.lock_customer(c.user_id) from public.checkouts as c where c.id = p_checkout_id;
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
  perform private.attach_customer(v_checkout.user_id, p_stripe_customer_id);
  perform private.wake_events('stripe', array['checkout:' || p_checkout_id]);
  return jsonb_build_object(
    'checkout_id', v_checkout.id, 'session_id', v_checkout.external_id, 'url', v_checkout.url
  );
end;
$$;
grant execute on function private.attach_checkout(uuid, text, text, text) to service_role;

-- sql/platform/billing/checkouts/functions/begin_checkout.sql

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

-- sql/platform/billing/checkouts/functions/create_checkout.sql

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

-- sql/platform/billing/checkouts/functions/end_checkout.sql

-- A session that ended unpaid. Paid is final, and failed before expired: a late or
-- repeated end changes nothing.
create function private.end_checkout(p_checkout_id uuid, p_status text)
returns void
language sql
set search_path = ''
as $$
  update public.checkouts as c
  set status = p_status
  where c.id = p_checkout_id
    and (c.status = 'open' or (c.status = 'expired' and p_status = 'failed'));
$$;

-- sql/platform/billing/checkouts/functions/find_checkout.sql

-- The checkout that a session or a payment intent of Stripe belongs to: by the id
-- that we noted, or by the id that we gave it, when the webhook overtakes our note.
-- Not locked: the user's billing is locked first.
create function private.find_checkout(p_object jsonb)
returns public.checkouts
language plpgsql
stable
set search_path = ''
as $$
declare
  v_checkout public.checkouts;
  v_id text := p_object #>> '{metadata,checkout_id}';
begin
  select * into v_checkout
  from public.checkouts as c
  where c.source = 'stripe' and c.external_id = p_object ->> 'id';
  if not found and private.is_uuid(v_id) then
    select * into v_checkout
    from public.checkouts as c
    where c.id = v_id::uuid and c.source = 'stripe';
  end if;
  return v_checkout;
end;
$$;

-- sql/platform/billing/checkouts/functions/lock_checkout.sql

-- The checkout of a session of Stripe, locked. A session does not take over the
-- checkout of another one.
create function private.lock_checkout(p_session jsonb)
returns public.checkouts
language plpgsql
set search_path = ''
as $$
declare
  v_checkout public.checkouts;
begin
  select * into v_checkout
  from public.checkouts as c
  where c.id = (select f.id from private.find_checkout(p_session) as f)
    and (c.external_id is null or c.external_id = p_session ->> 'id')
  for no key update;
  return v_checkout;
end;
$$;

-- sql/platform/billing/checkouts/functions/refuse_amount.sql

create function private.refuse_amount(p_checkout public.checkouts, p_amount text, p_currency text)
returns void
language plpgsql
set search_path = ''
as $$
begin
  raise exception using
    errcode = 'PT422', message = 'amount_mismatch',
    detail = format('Offered %s %s, Stripe says %s %s.', p_checkout.unit_amount,
      p_checkout.currency, p_amount, p_currency),
    hint = 'Compare the checkout with the payment in Stripe.';
end;
$$;

-- sql/platform/billing/checkouts/functions/settle_checkout.sql

-- Books the payment of a locked checkout and grants what was offered, once.
create function private.settle_checkout(
  p_checkout public.checkouts,
  p_payment_id text,
  p_amount integer,
  p_references text[],
  p_now timestamptz
)
returns void
language plpgsql
set search_path = ''
as $$
begin
  if exists (
    select 1
    from public.payments as p
    where p.checkout_id = p_checkout.id and (p.source, p.external_id) <> (p_checkout.source, p_payment_id)
  ) then
    raise exception using
      errcode = 'PT422', message = 'checkout_already_paid',
      detail = format('Checkout %s was paid by another payment than %s.', p_checkout.id, p_payment_id),
      hint = 'Compare both in Stripe; one checkout grants once.';
  end if;

  -- The payment first: who comes second, for whichever checkout, waits here and
  -- finds it made.
  insert into public.payments (source, external_id, user_id, checkout_id, amount, currency, credits)
  values (
    p_checkout.source, p_payment_id, p_checkout.user_id, p_checkout.id, p_amount, p_checkout.currency,
    p_checkout.credits
  )
  on conflict (source, external_id) do nothing;
  if found then
    insert into private.payment_grants (
      source, payment_id, n, user_id, transaction_type, credits, due_at, expires_at, metadata
    )
    values (
      p_checkout.source, p_payment_id, 1, p_checkout.user_id, 'purchase', p_checkout.credits, '-infinity',
      coalesce(p_now + p_checkout.expires_after, 'infinity'),
      jsonb_build_object(
        'checkout_id', p_checkout.id, 'package_id', p_checkout.package_id,
        'stripe_payment_intent_id', case when p_payment_id like 'pi\_%' then p_payment_id end
      )
    );
  elsif not exists (
    select 1
    from public.payments as p
    where p.source = p_checkout.source and p.external_id = p_payment_id and p.checkout_id = p_checkout.id
  ) then
    raise exception using
      errcode = 'PT422', message = 'payment_of_another_checkout',
      detail = format('Payment %s was booked for another checkout than %s.', p_payment_id, p_checkout.id),
      hint = 'Compare both in Stripe; one payment grants once.';
  end if;
  update public.checkouts as c
  set status = 'paid'
  where c.id = p_checkout.id and c.status <> 'paid';
  perform private.add_payment_references(p_checkout.source, p_payment_id, p_references);
  perform private.settle_payment(p_checkout.source, p_payment_id, p_now);
end;
$$;

-- sql/platform/billing/customers/functions/apply_customer.sql

-- What a user's customer at Stripe says of how they pay. A deleted customer is
-- charged no more; what it paid stays the user's.
create function private.apply_customer(p_id text, p_user_id uuid)
returns text
language plpgsql
set search_path = ''
as $$
declare
  v_version private.picked_version := private.pick_version('stripe', 'customer', p_id);
  v_method text := coalesce(
    v_version.object #>> '{invoice_settings,default_payment_method,id}',
    v_version.object #>> '{invoice_settings,default_payment_method}',
    v_version.object #>> '{default_source,id}',
    v_version.object ->> 'default_source'
  );
begin
  update public.customers as c
  set
    stripe_customer_id = case when v_version.rank < 9 then c.stripe_customer_id end,
    default_payment_method = case when v_version.rank < 9 then v_method end
  where c.user_id = p_user_id and c.stripe_customer_id = p_id
    and (v_version.rank = 9 or c.default_payment_method is distinct from v_method);
  return 'applied';
end;
$$;

-- sql/platform/billing/customers/functions/attach_customer.sql

-- Notes whose a provider's customer is, once: a customer has one user. A user may
-- have had several; the first that is told is the one to charge.
create function private.attach_customer(p_user_id uuid, p_customer_id text, p_source text default 'stripe')
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_customer public.customers;
begin
  if p_user_id is null or p_customer_id is null then
    return;
  end if;
  v_customer := private.lock_customer(p_user_id);
  if p_customer_id = (
    case p_source when 'stripe' then v_customer.stripe_customer_id else v_customer.whop_customer_id end
  ) then
    return;
  end if;
  insert into private.billing_objects as o (source, type, id, user_id)
  values (p_source, 'customer', p_customer_id, p_user_id)
  on conflict (source, type, id) do update set user_id = excluded.user_id where o.user_id is null;
  if not exists (
    select 1
    from private.billing_objects as o
    where o.source = p_source and o.type = 'customer' and o.id = p_customer_id and o.user_id = p_user_id
  ) or exists (
    -- Deleted at the provider: nobody is charged through it any more.
    select 1
    from private.billing_versions as v
    where v.source = p_source and v.type = 'customer' and v.object_id = p_customer_id and v.rank = 9
  ) then
    return;
  end if;
  update public.customers as c
  set
    stripe_customer_id = case
      when p_source = 'stripe' then coalesce(c.stripe_customer_id, p_customer_id) else c.stripe_customer_id
    end,
    whop_customer_id = case
      when p_source = 'whop' then coalesce(c.whop_customer_id, p_customer_id) else c.whop_customer_id
    end
  where c.user_id = p_user_id
    and case p_source when 'stripe' then c.stripe_customer_id else c.whop_customer_id end is null
    and not exists (
      select 1
      from public.customers as x
      where p_customer_id = case p_source when 'stripe' then x.stripe_customer_id else x.whop_customer_id end
    );
  perform private.wake_events(p_source, array['customer:' || p_customer_id]);
end;
$$;

-- sql/platform/billing/customers/functions/billing_user.sql

-- The user of a provider's customer; of one that nobody told us of, the user that
-- the object's own metadata.user_id names, which only our functions write.
create function private.billing_user(p_source text, p_customer_id text, p_metadata jsonb default null)
returns uuid
language plpgsql
stable
set search_path = ''
as $$
declare
  v_user_id uuid;
  v_named text := p_metadata ->> 'user_id';
begin
  select o.user_id into v_user_id
  from private.billing_objects as o
  where o.source = p_source and o.type = 'customer' and o.id = p_customer_id;
  if v_user_id is null and p_source = 'stripe' then
    select c.user_id into v_user_id from public.customers as c where c.stripe_customer_id = p_customer_id;
  elsif v_user_id is null then
    select c.user_id into v_user_id from public.customers as c where c.whop_customer_id = p_customer_id;
  end if;
  if v_user_id is null and private.is_uuid(v_named) then
    select p.id into v_user_id from public.profiles as p where p.id = v_named::uuid;
  end if;
  return v_user_id;
end;
$$;

-- sql/platform/billing/customers/functions/lock_customer.sql

-- Locks the billing of one user: everything about it, of whatever provider, goes one
-- after the other, and two users never wait for each other.
create function private.lock_customer(p_user_id uuid)
returns public.customers
language plpgsql
set search_path = ''
as $$
declare
  v_customer public.customers;
begin
  select * into v_customer from public.customers as c where c.user_id = p_user_id for no key update;
  if not found then
    insert into public.customers (user_id) values (p_user_id) on conflict (user_id) do nothing;
    select * into v_customer from public.customers as c where c.user_id = p_user_id for no key update;
  end if;
  return v_customer;
end;
$$;

-- sql/platform/billing/customers/functions/lock_stripe_user.sql

-- Finds the user whom an object of Stripe is about and locks their billing; null
-- when that is not known (yet), or nobody.
create function private.lock_stripe_user(p_type text, p_id text, p_object jsonb)
returns uuid
language plpgsql
set search_path = ''
as $$
declare
  v_customer_id text := private.stripe_customer_of(p_type, p_id, p_object);
  v_customer public.customers;
  v_user_id uuid;
begin
  if p_type in ('product', 'price') then
    return null;
  end if;
  if p_type in ('checkout.session', 'payment_intent') then
    select c.user_id into v_user_id from private.find_checkout(p_object) as c;
  elsif p_type in ('charge', 'refund', 'dispute', 'invoice_payment') then
    select p.user_id into v_user_id
    from private.payment_of('stripe', private.stripe_references(p_type, p_object)) as p;
  end if;
  if v_user_id is null then
    v_user_id := private.billing_user('stripe', v_customer_id, private.stripe_metadata(p_object));
  end if;
  if v_user_id is null then
    return null;
  end if;
  v_customer := private.lock_customer(v_user_id);
  if v_customer_id is distinct from v_customer.stripe_customer_id then
    perform private.attach_customer(v_user_id, v_customer_id);
  end if;
  return v_user_id;
end;
$$;

-- sql/platform/billing/customers/functions/stripe_customer_of.sql

-- The customer that an object of Stripe names, also where Stripe expanded it.
create function private.stripe_customer_of(p_type text, p_id text, p_object jsonb)
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  return case
    when p_type = 'customer' then p_id
    else coalesce(p_object #>> '{customer,id}', p_object ->> 'customer')
  end;
end;
$$;

-- sql/platform/billing/customers/functions/stripe_metadata.sql

-- The metadata by which an object of Stripe may name its user: its own, over that of
-- its subscription.
create function private.stripe_metadata(p_object jsonb)
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
begin
  return coalesce(nullif(p_object #> '{subscription_details,metadata}', 'null'), '{}'::jsonb)
    || coalesce(nullif(p_object #> '{parent,subscription_details,metadata}', 'null'), '{}'::jsonb)
    || coalesce(nullif(p_object -> 'metadata', 'null'), '{}'::jsonb);
end;
$$;

-- sql/platform/billing/inbox/functions/apply_stripe_event.sql

-- What an event of Stripe does: applied, ignored (nothing of ours), or what has to
-- be known first, such as customer:cus_1.
create function private.apply_stripe_event(p_event public.webhook_events, p_now timestamptz)
returns text
language plpgsql
set search_path = ''
as $$
declare
  v_type text := p_event.object_type;
  v_id text := p_event.object_id;
  v_kept record;
begin
  if v_type is null then
    return 'ignored';
  end if;
  select * into v_kept from private.keep_stripe_version(p_event);
  if v_kept.user_id is null and v_type in ('customer', 'payment_method', 'subscription', 'invoice') then
    return coalesce('customer:' || private.stripe_customer_of(v_type, v_id, v_kept.object), 'ignored');
  end if;
  return case v_type
    when 'product' then private.apply_product('stripe', v_id)
    when 'price' then private.apply_price('stripe', v_id)
    when 'customer' then private.apply_customer(v_id, v_kept.user_id)
    when 'subscription' then private.apply_subscription('stripe', v_id, v_kept.user_id, p_now)
    when 'invoice' then private.apply_invoice('stripe', v_id, v_kept.user_id, p_now)
    when 'invoice_payment' then private.apply_invoice_payment(v_kept.object)
    when 'charge' then private.apply_charge('stripe', v_id, p_now)
    when 'refund' then private.apply_refund('stripe', v_id, p_now)
    when 'dispute' then private.apply_dispute('stripe', v_id, p_now)
    when 'payment_intent' then private.apply_payment_intent(v_kept.object, p_now)
    when 'checkout.session' then private.apply_checkout_session(p_event.event_type, v_kept.object, p_now)
    else 'applied'            -- kept; nothing follows from it
  end;
end;
$$;

-- sql/platform/billing/inbox/functions/billing_object_type.sql

-- The kind of object that an event is about; null for types without effect.
create function private.billing_object_type(p_source text, p_event_type text)
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  return case p_source when 'stripe' then private.stripe_object_type(p_event_type) end;
end;
$$;

-- sql/platform/billing/inbox/functions/due_webhook_events.sql

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

-- sql/platform/billing/inbox/functions/keep_failed_version.sql

-- What an event says counts for its object even where applying it failed, if it can
-- be read at all.
create function private.keep_failed_version(p_event public.webhook_events)
returns void
language plpgsql
set search_path = ''
as $$
begin
  if p_event.source = 'stripe' and p_event.object_type is not null then
    perform private.keep_stripe_version(p_event);
  end if;
exception when others then
  if sqlstate in ('40001', '40P01') then
    raise;
  end if;
end;
$$;

-- sql/platform/billing/inbox/functions/keep_stripe_version.sql

-- Locks the billing of the user whom an event is about, if that is known, and keeps
-- what the event says.
create function private.keep_stripe_version(
  p_event public.webhook_events,
  out user_id uuid,
  out object jsonb
)
language plpgsql
set search_path = ''
as $$
declare
  v_type text := p_event.object_type;
  v_id text := p_event.object_id;
begin
  object := p_event.payload #> '{data,object}';
  if object is null then
    -- The payload was purged: what it said is kept.
    select v.object into object
    from private.billing_versions as v
    where v.source = 'stripe' and v.type = v_type and v.object_id = v_id and v.event_id = p_event.external_id;
  end if;
  if object is null or coalesce(char_length(v_id), 0) not between 1 and 255 then
    raise exception using
      errcode = 'PT400', message = 'event_invalid',
      detail = 'The event''s object has no id.', hint = 'Compare it in Stripe.';
  end if;
  user_id := private.lock_stripe_user(v_type, v_id, object);
  perform private.store_version(
    'stripe', v_type, v_id, p_event.external_id, p_event.event_type,
    coalesce(private.unix_time(p_event.payload ->> 'created'), p_event.received_at),
    object, p_event.payload #> '{data,previous_attributes}',
    private.version_rank(v_type, p_event.event_type, object),
    p_event.event_type like '%.fetched', user_id
  );
end;
$$;

-- sql/platform/billing/inbox/functions/process_webhook_event.sql

-- Applies a locked event in a subtransaction and writes down what came of it.
-- Backoff doubles from 10 seconds to 6 hours; after the last attempt (setting
-- webhook_attempts) the event is failed for good: admins see it and can replay it,
-- and what it waits for, should it appear, still starts it.
create function private.process_webhook_event(p_event public.webhook_events, p_now timestamptz)
returns public.webhook_events
language plpgsql
set search_path = ''
as $$
declare
  v_event public.webhook_events := p_event;
  v_result text;
  v_is_last boolean;
begin
  v_event.error := null;
  v_event.waiting_for := null;
  begin
    v_result := case p_event.source
      when 'stripe' then private.apply_stripe_event(p_event, p_now)
      else 'ignored'
    end;
  exception when others then
    -- A deadlock or a serialization failure is the sender's to repeat whole.
    if sqlstate in ('40001', '40P01') then
      raise;
    end if;
    v_result := 'failed';
    v_event.error := format('%s (%s)', sqlerrm, sqlstate);
  end;
  if v_result = 'failed' then
    perform private.keep_failed_version(p_event);
  end if;
  v_event.attempts := p_event.attempts + 1;
  if v_result in ('applied', 'ignored') then
    v_event.processed_at := p_now;
    v_event.next_attempt_at := null;
    if v_result = 'applied' and p_event.status = 'applied' and p_event.attempts = 0 then
      v_event.status := 'applied';
      return v_event;             -- as record_webhook_event has just written it
    end if;
  else
    v_event.processed_at := null;
    if v_result <> 'failed' then
      v_event.waiting_for := v_result;
      v_event.error := format('%s is not known yet.', v_result);
      v_result := 'waiting';
    end if;
    v_is_last := v_event.attempts >= private.setting('webhook_attempts', '24')::integer;
    v_event.next_attempt_at := case
      when not v_is_last
        then p_now + least(interval '10 seconds' * power(2, least(p_event.attempts, 20)), interval '6 hours')
    end;
    if v_is_last then
      v_result := 'failed';
    end if;
  end if;
  update public.webhook_events as e
  set
    status = v_result,
    waiting_for = v_event.waiting_for,
    error = v_event.error,
    attempts = v_event.attempts,
    processed_at = v_event.processed_at,
    next_attempt_at = v_event.next_attempt_at
  where e.id = p_event.id
  returning * into v_event;
  return v_event;
end;
$$;

-- sql/platform/billing/inbox/functions/purge_webhook_payloads.sql

-- Empties payloads of events that were applied or ignored longer ago than the
-- setting webhook_payload_days (90; 0 keeps them). What they said of their objects
-- is kept in private.billing_versions.
create function private.purge_webhook_payloads(p_now timestamptz default now(), p_limit integer default 10000)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_days integer := private.setting('webhook_payload_days', '90')::integer;
  v_count integer;
begin
  if v_days = 0 then
    return 0;
  end if;
  update public.webhook_events as e
  set
    payload = jsonb_strip_nulls(
      jsonb_build_object('id', e.payload -> 'id', 'type', e.payload -> 'type', 'created', e.payload -> 'created')
    ),
    purged_at = p_now
  from (
    select w.id
    from public.webhook_events as w
    where w.received_at < p_now - make_interval(days => v_days)
      and w.purged_at is null and w.status in ('applied', 'ignored')
    limit p_limit
    for no key update skip locked
  ) as w
  where e.id = w.id;
  get diagnostics v_count = row_count;
  return v_count;
end;
$$;

-- sql/platform/billing/inbox/functions/record_webhook_event.sql

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
  v_type text;
begin
  if p_source is null or p_source not in ('stripe', 'whop') then
    perform private.refuse_source(p_source);
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
  v_type := private.billing_object_type(p_source, p_event ->> 'type');

  -- Written as it will mostly be, once: nobody sees the row before it is true.
  insert into public.webhook_events as e (
    source, external_id, event_type, payload, object_type, object_id, status, attempts, received_at,
    processed_at
  )
  values (
    p_source, p_event ->> 'id', p_event ->> 'type', p_event, v_type,
    case when v_type is not null then p_event #>> '{data,object,id}' end,
    case when v_type is not null then 'applied' else 'ignored' end, 1, p_now, p_now
  )
  on conflict (source, external_id) do nothing
  returning * into v_event;
  if found then
    if v_type is null then
      return v_event;
    end if;
    v_event.attempts := 0;
    return private.process_webhook_event(v_event, p_now);
  end if;

  -- A repetition is common and writes nothing: it looks before it locks.
  select * into v_event
  from public.webhook_events as e
  where e.source = p_source and e.external_id = p_event ->> 'id';
  if v_event.status in ('applied', 'ignored') then
    return v_event;
  end if;
  return private.replay_webhook_event(v_event.id, p_now, true);
end;
$$;
grant execute on function private.record_webhook_event(text, jsonb, timestamptz) to service_role;

-- sql/platform/billing/inbox/functions/refuse_source.sql

create function private.refuse_source(p_source text)
returns void
language plpgsql
set search_path = ''
as $$
begin
  raise exception using
    errcode = 'PT400', message = 'source_unknown',
    detail = format('"%s" sends no webhooks here.', left(p_source, 100)), hint = 'Use stripe or whop.';
end;
$$;

-- sql/platform/billing/inbox/functions/replay_webhook_event.sql

-- Applies a stored event again, for operators, cron and senders that repeat. What it
-- did before it does not do twice: what it says is kept already, and all else
-- follows from what is kept.
create function private.replay_webhook_event(
  p_event_id uuid,
  p_now timestamptz default now(),
  p_only_open boolean default false
)
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
  -- Somebody else may have applied it while we waited.
  if p_only_open and v_event.status in ('applied', 'ignored') then
    return v_event;
  end if;
  if v_event.object_type is null and private.billing_object_type(v_event.source, v_event.event_type) is not null then
    -- Of a type that had no effect when it came.
    update public.webhook_events as e
    set
      object_type = private.billing_object_type(e.source, e.event_type),
      object_id = e.payload #>> '{data,object,id}'
    where e.id = p_event_id
    returning * into v_event;
  end if;
  return private.process_webhook_event(v_event, p_now);
end;
$$;
grant execute on function private.replay_webhook_event(uuid, timestamptz, boolean) to service_role;

-- sql/platform/billing/inbox/functions/retry_webhook_event.sql

-- What cron does with an event that is due: tries it again, unless somebody did.
create function private.retry_webhook_event(p_event_id uuid)
returns public.webhook_events
language sql
set search_path = ''
as $$
  select private.replay_webhook_event(p_event_id, now(), true);
$$;

-- sql/platform/billing/inbox/functions/stripe_object_type.sql

-- The kind of object that an event of Stripe is about, by the event's type; null for
-- types without effect. A fetched object's event is <kind>.fetched.
create function private.stripe_object_type(p_event_type text)
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  return case
    when p_event_type like '%.fetched' then
      case
        when left(p_event_type, -8) in (
          'product', 'price', 'customer', 'payment_method', 'subscription', 'invoice', 'invoice_payment',
          'charge', 'refund', 'dispute', 'payment_intent', 'checkout.session'
        ) then left(p_event_type, -8)
      end
    when p_event_type like 'customer.subscription.%' then 'subscription'
    when p_event_type in ('customer.created', 'customer.updated', 'customer.deleted') then 'customer'
    when p_event_type = 'invoice.upcoming' then null      -- a forecast: it has no id
    when p_event_type like 'invoice.%' then 'invoice'
    when p_event_type like 'invoice\_payment.%' then 'invoice_payment'
    when p_event_type like 'charge.dispute.%' then 'dispute'
    when p_event_type like 'charge.refund.%' or p_event_type like 'refund.%' then 'refund'
    when p_event_type like 'charge.%' then 'charge'
    when p_event_type like 'payment\_intent.%' then 'payment_intent'
    when p_event_type like 'payment\_method.%' then 'payment_method'
    when p_event_type like 'checkout.session.%' then 'checkout.session'
    when p_event_type like 'product.%' then 'product'
    when p_event_type like 'price.%' then 'price'
  end;
end;
$$;

-- sql/platform/billing/inbox/functions/wake_events.sql

-- Has events that wait for one of these tried again at once, also those that had
-- been given up. One that somebody is at right now has its own next attempt.
create function private.wake_events(p_source text, p_keys text[], p_now timestamptz default now())
returns void
language plpgsql
set search_path = ''
as $$
begin
  update public.webhook_events as e
  set next_attempt_at = least(e.next_attempt_at, p_now)
  from (
    select w.id
    from public.webhook_events as w
    where w.source = p_source and w.waiting_for = any (p_keys)
    for no key update skip locked
  ) as w
  where e.id = w.id;
end;
$$;

-- sql/platform/billing/invoices/functions/apply_invoice.sql

-- Computes an invoice anew from all its versions, and grants what it paid. A draft
-- that was deleted was never one.
create function private.apply_invoice(p_source text, p_id text, p_user_id uuid, p_now timestamptz)
returns text
language plpgsql
set search_path = ''
as $$
declare
  v_version private.picked_version := private.pick_version(p_source, 'invoice', p_id);
  v_facts private.invoice_facts;
begin
  if v_version.rank = 9 then
    delete from public.invoices as i where i.source = p_source and i.external_id = p_id;
    return 'applied';
  end if;
  v_facts := private.read_invoice(p_source, v_version.object);
  perform private.put_invoice(p_source, p_user_id, v_facts);
  if v_facts.status = 'paid' then
    return private.settle_invoice(p_source, p_user_id, v_facts, p_now);
  end if;
  return 'applied';
end;
$$;

-- sql/platform/billing/invoices/functions/apply_invoice_payment.sql

-- Since 2025-03-31 an invoice no longer names what paid it; this object does.
create function private.apply_invoice_payment(p_object jsonb)
returns text
language plpgsql
set search_path = ''
as $$
declare
  v_references text[] := private.stripe_references('invoice_payment', p_object);
  v_payment public.payments;
begin
  if p_object ->> 'status' is distinct from 'paid' then
    return 'applied';
  end if;
  v_payment := private.payment_of('stripe', v_references);
  if v_payment.external_id is null then
    return 'payment:' || v_references[1];
  end if;
  perform private.add_payment_references('stripe', v_payment.external_id, v_references);
  return 'applied';
end;
$$;

-- sql/platform/billing/invoices/functions/invoice_grants.sql

-- The lots that an invoice's lines grant: what comes at once is one lot that ends
-- with the last period, the months of a year are one each. Credits are added up over
-- the lines and rounded once a lot; less than nothing is nothing, but what is left
-- over of a credited plan counts against the months that follow. What rolls over is
-- that of the plan itself, or of the difference where all lines are prorations.
create function private.invoice_grants(p_lines private.invoice_line[])
returns table (n integer, due_at timestamptz, expires_at timestamptz, credits integer, rollover_cap integer, rollover_until timestamptz)
language plpgsql
stable
set search_path = ''
as $$
declare
  v_slot record;
  v_left numeric := 0.0;
begin
  n := 0;
  for v_slot in
    select
      s.due_at,
      max(s.expires_at) as expires_at,
      sum(s.credits) as credits,
      greatest(
        coalesce(
          max(s.rollover_cap) filter (where not l.is_proration),
          sum(s.rollover_cap)
        ),
        0
      )::integer as rollover_cap,
      max(s.rollover_until) as rollover_until
    from unnest(p_lines) as l
    cross join lateral private.line_slots(l) as s
    group by s.due_at, case when s.due_at > '-infinity' then s.expires_at end
    order by s.due_at, 2
  loop
    v_left := v_left + v_slot.credits;
    if round(v_left) < 1 then
      v_left := least(v_left, 0);
      continue;
    end if;
    n := n + 1;
    due_at := v_slot.due_at;
    expires_at := v_slot.expires_at;
    credits := least(round(v_left), 1000000000)::integer;
    rollover_cap := v_slot.rollover_cap;
    rollover_until := v_slot.rollover_until;
    v_left := 0.0;
    return next;
  end loop;
end;
$$;

-- sql/platform/billing/invoices/functions/line_slots.sql

-- What a line of an invoice grants, as slots of time: one for its period, or one a
-- month where its plan grants by the month. credits has the sign of the line, so that
-- the unused rest of a lesser plan counts against a larger one; a proration counts by
-- the share of the interval that it covers. A trial's line (nothing is charged for
-- what has a price) grants nothing.
create function private.line_slots(p_line private.invoice_line)
returns table (due_at timestamptz, expires_at timestamptz, credits numeric, rollover_cap integer, rollover_until timestamptz)
language plpgsql
stable
set search_path = ''
as $$
declare
  v_plan public.plans := private.plan_of_price(p_line.price_id);
  v_price public.prices;
  v_sign integer := case when p_line.amount < 0 then -1 else 1 end;
  v_start timestamptz := p_line.period_start;
  v_end timestamptz := p_line.period_end;
  v_from timestamptz;
begin
  select * into v_price from public.prices as p where p.id = p_line.price_id;
  if v_plan.id is null or v_end is null or (p_line.amount = 0 and v_price.unit_amount is distinct from 0) then
    return;
  end if;
  credits := v_sign * v_plan.credits_per_period::numeric * p_line.quantity;
  rollover_cap := v_sign * v_plan.rollover_cap;
  if v_plan.grant_interval is null then
    if p_line.is_proration then
      credits := credits * private.period_share(v_start, v_end, v_price.interval, v_price.interval_count);
    end if;
    due_at := '-infinity';
    expires_at := v_end;
    rollover_until := private.shift_time(v_end, v_price.interval, v_price.interval_count);
    return next;
    return;
  end if;
  -- Months counted back from the end, up to a hundred years: the first may be a part.
  for i in 1 .. 1200 loop
    expires_at := private.shift_time(v_end, 'month', 1 - i);
    exit when expires_at <= v_start or v_start is null;
    v_from := private.shift_time(v_end, 'month', -i);
    due_at := greatest(v_from, v_start);
    rollover_until := private.shift_time(expires_at, 'month', 1);
    credits := v_sign * v_plan.credits_per_period::numeric * p_line.quantity
      * case
        when p_line.is_proration
          then extract(epoch from expires_at - due_at) / extract(epoch from expires_at - v_from)
        else 1
      end;
    return next;
  end loop;
end;
$$;

-- sql/platform/billing/invoices/functions/missing_price.sql

-- A price of an invoice's lines that is not known, or recurs without selling a plan:
-- what such a line grants cannot be said yet.
create function private.missing_price(p_lines private.invoice_line[])
returns text
language sql
stable
set search_path = ''
as $$
  select min(l.price_id)
  from unnest(p_lines) as l
  left join public.prices as p on p.id = l.price_id
  where l.price_id is not null
    and (
      p.id is null
      or (p.type = 'recurring' and (private.plan_of_price(p.id)).id is null)
    );
$$;

-- sql/platform/billing/invoices/functions/period_share.sql

-- The share of a price's full interval that a period covers, 0 to 1. Counted back
-- from the period's end, as billing cycles are, in UTC.
create function private.period_share(
  p_start timestamptz,
  p_end timestamptz,
  p_interval text,
  p_interval_count integer
)
returns numeric
language plpgsql
immutable
set search_path = ''
as $$
begin
  return case
    when p_interval is null or p_start is null or p_end is null then 1
    when p_end <= p_start then 0
    else least(
      extract(epoch from p_end - p_start)
      / extract(epoch from p_end - private.shift_time(p_end, p_interval, -p_interval_count)),
      1
    )
  end;
end;
$$;

-- sql/platform/billing/invoices/functions/put_invoice.sql

-- Mirrors an invoice.
create function private.put_invoice(p_source text, p_user_id uuid, p_facts private.invoice_facts)
returns void
language plpgsql
set search_path = ''
as $$
begin
  insert into public.invoices as i (
    source, external_id, user_id, subscription_id, status, billing_reason, amount_due, amount_paid, total,
    currency, invoice_number, period_start, period_end, attempt_count, next_payment_attempt,
    hosted_invoice_url, invoice_pdf, created_at
  )
  values (
    p_source, p_facts.id, p_user_id, p_facts.subscription_id, p_facts.status, p_facts.billing_reason,
    p_facts.amount_due, p_facts.amount_paid, p_facts.total, p_facts.currency, p_facts.number,
    (select min(l.period_start) from unnest(p_facts.lines) as l),
    (select max(l.period_end) from unnest(p_facts.lines) as l),
    p_facts.attempt_count, p_facts.next_payment_attempt, p_facts.hosted_url, p_facts.pdf,
    coalesce(p_facts.created, now())
  )
  on conflict (source, external_id) do update
  set
    subscription_id = excluded.subscription_id,
    status = excluded.status,
    billing_reason = excluded.billing_reason,
    amount_due = excluded.amount_due,
    amount_paid = excluded.amount_paid,
    total = excluded.total,
    currency = excluded.currency,
    invoice_number = excluded.invoice_number,
    period_start = excluded.period_start,
    period_end = excluded.period_end,
    attempt_count = excluded.attempt_count,
    next_payment_attempt = excluded.next_payment_attempt,
    hosted_invoice_url = excluded.hosted_invoice_url,
    invoice_pdf = excluded.invoice_pdf;
end;
$$;

-- sql/platform/billing/invoices/functions/read_invoice.sql

-- What billing reads of an invoice, whoever sent it.
create function private.read_invoice(p_source text, p_object jsonb)
returns private.invoice_facts
language plpgsql
immutable
set search_path = ''
as $$
begin
  return case p_source when 'stripe' then private.read_stripe_invoice(p_object) end;
end;
$$;

-- sql/platform/billing/invoices/functions/read_stripe_invoice.sql

-- An invoice of Stripe, before and since 2025-03-31: its subscription, its lines'
-- price and proration, and what paid it moved under parent, pricing and payments.
create function private.read_stripe_invoice(p_object jsonb)
returns private.invoice_facts
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_facts private.invoice_facts;
begin
  v_facts.id := p_object ->> 'id';
  v_facts.customer_id := private.stripe_customer_of('invoice', null, p_object);
  v_facts.subscription_id := coalesce(
    p_object #>> '{subscription,id}', p_object ->> 'subscription',
    p_object #>> '{parent,subscription_details,subscription,id}',
    p_object #>> '{parent,subscription_details,subscription}'
  );
  v_facts.metadata := private.stripe_metadata(p_object);
  v_facts.status := p_object ->> 'status';
  v_facts.billing_reason := p_object ->> 'billing_reason';
  v_facts.amount_due := coalesce((p_object ->> 'amount_due')::integer, 0);
  v_facts.amount_paid := coalesce((p_object ->> 'amount_paid')::integer, 0);
  v_facts.total := coalesce((p_object ->> 'total')::integer, 0);
  v_facts.currency := p_object ->> 'currency';
  v_facts.number := p_object ->> 'number';
  v_facts.attempt_count := coalesce((p_object ->> 'attempt_count')::integer, 0);
  v_facts.next_payment_attempt := private.unix_time(p_object ->> 'next_payment_attempt');
  v_facts.hosted_url := p_object ->> 'hosted_invoice_url';
  v_facts.pdf := p_object ->> 'invoice_pdf';
  v_facts.created := private.unix_time(p_object ->> 'created');
  v_facts.has_more_lines := coalesce((p_object #>> '{lines,has_more}')::boolean, false);
  v_facts.lines := array(
    select
      row(
        private.stripe_price_of(l.value),
        coalesce((l.value ->> 'quantity')::numeric, 1)::integer,
        coalesce((l.value ->> 'amount')::bigint, 0),
        coalesce((l.value ->> 'proration')::boolean, false)
          or coalesce((l.value #>> '{parent,subscription_item_details,proration}')::boolean, false)
          or coalesce((l.value #>> '{parent,invoice_item_details,proration}')::boolean, false),
        private.unix_time(l.value #>> '{period,start}'),
        private.unix_time(l.value #>> '{period,end}')
      )::private.invoice_line
    from jsonb_array_elements(coalesce(nullif(p_object #> '{lines,data}', 'null'), '[]')) with ordinality as l
    order by l.ordinality
  );
  v_facts.payment_references := array_remove(
    array[
      coalesce(p_object #>> '{payment_intent,id}', p_object ->> 'payment_intent'),
      coalesce(p_object #>> '{charge,id}', p_object ->> 'charge')
    ] || array(
      select r.reference
      from jsonb_array_elements(coalesce(nullif(p_object #> '{payments,data}', 'null'), '[]')) as p
      cross join lateral unnest(private.stripe_references('invoice_payment', p.value)) as r (reference)
      where p.value ->> 'status' = 'paid' and r.reference like any (array['pi\_%', 'ch\_%', 'py\_%'])
    ),
    null
  );
  return v_facts;
end;
$$;

-- sql/platform/billing/invoices/functions/settle_invoice.sql

-- Books a paid invoice of a subscription as a payment and what it grants, once; what
-- is due of that is granted. A list of lines that is not whole has to be fetched
-- first, a price without a plan to be known.
create function private.settle_invoice(
  p_source text,
  p_user_id uuid,
  p_facts private.invoice_facts,
  p_now timestamptz
)
returns text
language plpgsql
set search_path = ''
as $$
declare
  v_facts private.invoice_facts := p_facts;
  v_payment public.payments;
  v_missing text;
  v_plan_id uuid;
begin
  v_payment := private.payment_of(p_source, v_facts.id || v_facts.payment_references);
  if v_payment.external_id is null then
    if v_facts.subscription_id is null then
      return 'applied';       -- not ours to grant for: a checkout's own invoice, say
    end if;
    if v_facts.has_more_lines then
      -- What has been finalized keeps its lines: any whole version has them.
      select f.* into v_facts
      from private.ordered_versions(p_source, 'invoice', v_facts.id) as o
      cross join lateral private.read_invoice(p_source, o.object) as f
      where not f.has_more_lines and f.status in ('open', 'paid')
      order by o.n desc
      limit 1;
      if not found then
        perform private.mark_stale(p_source, 'invoice', p_facts.id);
        return 'invoice:' || p_facts.id;
      end if;
    end if;
    v_missing := private.missing_price(v_facts.lines);
    if v_missing is not null then
      return 'price:' || v_missing;
    end if;
    select p.id into v_plan_id
    from unnest(v_facts.lines) as l
    cross join lateral private.plan_of_price(l.price_id) as p
    where p.id is not null
    order by l.amount desc, p.code
    limit 1;

    insert into public.payments (
      source, external_id, user_id, subscription_id, amount, currency, credits
    )
    select
      p_source, p_facts.id, p_user_id, p_facts.subscription_id, p_facts.amount_paid, p_facts.currency,
      coalesce(sum(g.credits), 0)
    from private.invoice_grants(v_facts.lines) as g;
    insert into private.payment_grants (
      source, payment_id, n, user_id, transaction_type, credits, due_at, expires_at, rollover_cap,
      rollover_until, metadata
    )
    select
      p_source, p_facts.id, g.n, p_user_id, 'monthly_reset', g.credits, g.due_at, g.expires_at, g.rollover_cap,
      g.rollover_until,
      jsonb_strip_nulls(jsonb_build_object(
        'invoice_id', p_facts.id, 'subscription_id', p_facts.subscription_id, 'plan_id', v_plan_id,
        'stripe_payment_intent_id', (
          select min(r.reference) from unnest(p_facts.payment_references) as r (reference) where r.reference like 'pi\_%'
        )
      ))
    from private.invoice_grants(v_facts.lines) as g;
    perform private.wake_events(p_source, array['invoice:' || p_facts.id]);
    perform private.settle_payment(p_source, p_facts.id, p_now);
    perform private.follow_plan(p_user_id);
  end if;
  perform private.add_payment_references(
    p_source, coalesce(v_payment.external_id, p_facts.id), p_facts.id || p_facts.payment_references
  );
  return 'applied';
end;
$$;

-- sql/platform/billing/invoices/functions/shift_time.sql

-- A time moved by so many intervals of a price, in UTC whatever the session's zone.
create function private.shift_time(p_time timestamptz, p_interval text, p_count integer)
returns timestamptz
language sql
immutable
set search_path = ''
as $$
  select ((p_time at time zone 'UTC') + case p_interval
    when 'day' then make_interval(days => p_count)
    when 'week' then make_interval(weeks => p_count)
    when 'year' then make_interval(years => p_count)
    else make_interval(months => p_count)
  end) at time zone 'UTC';
$$;

-- sql/platform/billing/payments/functions/add_payment_references.sql

-- Notes other ids of a payment, and wakes what waits for one of them.
create function private.add_payment_references(p_source text, p_payment_id text, p_references text[])
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_new text[];
begin
  with added as (
    insert into private.payment_references (source, reference, payment_id)
    select distinct p_source, r.reference, p_payment_id
    from unnest(p_payment_id || p_references) as r (reference)
    where r.reference is not null
    on conflict (source, reference) do nothing
    returning reference
  )
  select array_agg('payment:' || a.reference) into v_new from added as a;
  if v_new is not null then
    perform private.wake_events(p_source, v_new);
  end if;
end;
$$;

-- sql/platform/billing/payments/functions/apply_charge.sql

-- A charge ties a payment's ids together and says how much of it was refunded. A
-- charge that failed paid nothing; one of a payment that is not known waits for it.
-- Charges of old carry their refunds along.
create function private.apply_charge(p_source text, p_id text, p_now timestamptz)
returns text
language plpgsql
set search_path = ''
as $$
declare
  v_version private.picked_version := private.pick_version(p_source, 'charge', p_id);
  v_facts private.charge_facts := private.read_charge(p_source, v_version.object);
  v_payment public.payments;
begin
  if v_facts.status is distinct from 'succeeded' then
    return 'applied';
  end if;
  v_payment := private.payment_of(p_source, v_facts.payment_references);
  if v_payment.external_id is null then
    return 'payment:' || v_facts.payment_references[1];
  end if;
  perform private.add_payment_references(p_source, v_payment.external_id, v_facts.payment_references);
  insert into private.charges as c (source, id, payment_id, amount, amount_refunded)
  values (p_source, p_id, v_payment.external_id, v_facts.amount, v_facts.amount_refunded)
  on conflict (source, id) do update
  set amount = excluded.amount, amount_refunded = excluded.amount_refunded;
  perform private.keep_embedded_refunds(p_source, p_id, v_payment);
  perform private.settle_payment(p_source, v_payment.external_id, p_now);
  return 'applied';
end;
$$;

-- sql/platform/billing/payments/functions/apply_dispute.sql

-- A dispute of a payment freezes what is left of its credits, then gives or takes them.
create function private.apply_dispute(p_source text, p_id text, p_now timestamptz)
returns text
language plpgsql
set search_path = ''
as $$
declare
  v_version private.picked_version := private.pick_version(p_source, 'dispute', p_id);
  v_facts private.dispute_facts := private.read_dispute(p_source, v_version.object);
  v_payment public.payments := private.payment_of(p_source, v_facts.payment_references);
begin
  if v_payment.external_id is null then
    return coalesce('payment:' || v_facts.payment_references[1], 'ignored');
  end if;
  perform private.add_payment_references(p_source, v_payment.external_id, v_facts.payment_references);
  insert into public.disputes as d (
    id, source, user_id, payment_id, amount, currency, status, reason, evidence_due_at, created_at
  )
  values (
    p_id, p_source, v_payment.user_id, v_payment.external_id, v_facts.amount,
    coalesce(v_facts.currency, v_payment.currency), v_facts.status, v_facts.reason, v_facts.evidence_due_at,
    coalesce(v_facts.created, v_version.created)
  )
  on conflict (id) do update
  set
    amount = excluded.amount,
    status = excluded.status,
    reason = excluded.reason,
    evidence_due_at = excluded.evidence_due_at;
  perform private.settle_payment(p_source, v_payment.external_id, p_now);
  return 'applied';
end;
$$;

-- sql/platform/billing/payments/functions/apply_refund.sql

-- A refund of a payment takes its share of the credits; one that failed gives it back.
create function private.apply_refund(p_source text, p_id text, p_now timestamptz)
returns text
language plpgsql
set search_path = ''
as $$
declare
  v_version private.picked_version := private.pick_version(p_source, 'refund', p_id);
  v_facts private.refund_facts := private.read_refund(p_source, v_version.object);
  v_payment public.payments := private.payment_of(p_source, v_facts.payment_references);
begin
  if v_payment.external_id is null then
    return coalesce('payment:' || v_facts.payment_references[1], 'ignored');
  end if;
  perform private.add_payment_references(p_source, v_payment.external_id, v_facts.payment_references);
  perform private.put_refund(p_source, p_id, v_payment);
  perform private.settle_payment(p_source, v_payment.external_id, p_now);
  return 'applied';
end;
$$;

-- sql/platform/billing/payments/functions/credit_share.sql

-- The credits of so much of a payment's money, rounded, at most all.
create function private.credit_share(p_credits integer, p_amount bigint, p_paid integer)
returns integer
language plpgsql
immutable
set search_path = ''
as $$
begin
  return least(round(p_credits::numeric * least(p_amount, p_paid) / p_paid), p_credits)::integer;
end;
$$;

-- sql/platform/billing/payments/functions/due_payment_grants.sql

-- Users with a month's credits to grant now, the longest due first.
create function private.due_payment_grants(p_now timestamptz default now(), p_limit integer default 1000)
returns setof uuid
language sql
stable
set search_path = ''
as $$
  select g.user_id
  from private.payment_grants as g
  where g.lot_seq is null and not g.is_cancelled and g.due_at <= p_now
  group by g.user_id
  order by min(g.due_at)
  limit p_limit;
$$;

-- sql/platform/billing/payments/functions/keep_embedded_refunds.sql

-- Before 2022-11-15 a charge carries its refunds, each a version of that refund.
create function private.keep_embedded_refunds(p_source text, p_charge_id text, p_payment public.payments)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_found record;
begin
  for v_found in
    select v.event_id, v.event_type, v.created, r.value as refund
    from private.billing_versions as v
    cross join lateral jsonb_array_elements(v.object #> '{refunds,data}') as r
    where v.source = p_source and v.type = 'charge' and v.object_id = p_charge_id
      and jsonb_typeof(v.object #> '{refunds,data}') = 'array'
    order by r.value ->> 'id', v.event_id
  loop
    perform private.store_version(
      p_source, 'refund', v_found.refund ->> 'id', v_found.event_id, v_found.event_type, v_found.created,
      v_found.refund, null, private.version_rank('refund', v_found.event_type, v_found.refund), false,
      p_payment.user_id
    );
    perform private.put_refund(p_source, v_found.refund ->> 'id', p_payment);
  end loop;
end;
$$;

-- sql/platform/billing/payments/functions/payment_of.sql

-- The payment that one of these ids names; null when none is known.
create function private.payment_of(p_source text, p_references text[])
returns public.payments
language plpgsql
stable
set search_path = ''
as $$
declare
  v_payment public.payments;
begin
  select p.* into v_payment
  from unnest(p_references) with ordinality as r (reference, place)
  left join private.payment_references as n on n.source = p_source and n.reference = r.reference
  join public.payments as p on p.source = p_source and p.external_id = coalesce(n.payment_id, r.reference)
  order by r.place
  limit 1;
  return v_payment;
end;
$$;

-- sql/platform/billing/payments/functions/post_due_grants.sql

-- Grants what is due of a user's payments: the months of plans that are paid by the
-- year and granted by the month.
create function private.post_due_grants(p_user_id uuid, p_now timestamptz default now())
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_due record;
begin
  perform private.lock_customer(p_user_id);
  for v_due in
    select distinct g.source, g.payment_id
    from private.payment_grants as g
    where g.user_id = p_user_id and g.lot_seq is null and not g.is_cancelled and g.due_at <= p_now
    order by g.source, g.payment_id
  loop
    perform private.settle_payment(v_due.source, v_due.payment_id, p_now);
  end loop;
  perform private.follow_plan(p_user_id);
end;
$$;

-- sql/platform/billing/payments/functions/post_grant.sql

-- Grants a lot of a payment and answers its seq. One of a period that is over by now
-- is granted all the same, and expires with the posting.
create function private.post_grant(p_grant private.payment_grants, p_now timestamptz)
returns bigint
language plpgsql
set search_path = ''
as $$
declare
  v_is_package boolean := p_grant.transaction_type = 'purchase';
  v_kind text := case when v_is_package then 'payment' else 'invoice' end;
  v_row public.credit_transactions;
begin
  v_row := private.grant_credits(
    p_grant.user_id, p_grant.credits, p_grant.transaction_type,
    case when v_is_package then 'Credit package' else 'Plan credits' end,
    p_grant.metadata,
    format('%s:%s:%s', p_grant.source, v_kind, p_grant.payment_id)
      || case when p_grant.n > 1 then ':' || p_grant.n else '' end,
    nullif(p_grant.expires_at, 'infinity'),
    p_grant.source || '_' || v_kind, p_grant.payment_id,
    p_now => p_now,
    p_rollover_cap => p_grant.rollover_cap,
    p_rollover_until => p_grant.rollover_until,
    p_is_late => true
  );
  if p_grant.n = 1 then
    update public.payments as p
    set lot_seq = v_row.seq
    where p.source = p_grant.source and p.external_id = p_grant.payment_id;
  end if;
  return v_row.seq;
end;
$$;

-- sql/platform/billing/payments/functions/put_refund.sql

-- Mirrors a refund from its versions.
create function private.put_refund(p_source text, p_id text, p_payment public.payments)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_version private.picked_version := private.pick_version(p_source, 'refund', p_id);
  v_facts private.refund_facts := private.read_refund(p_source, v_version.object);
begin
  insert into public.refunds as r (
    id, source, user_id, payment_id, amount, currency, status, reason, created_at
  )
  values (
    p_id, p_source, p_payment.user_id, p_payment.external_id, v_facts.amount,
    coalesce(v_facts.currency, p_payment.currency), v_facts.status, v_facts.reason,
    coalesce(v_facts.created, v_version.created)
  )
  on conflict (id) do update
  set amount = excluded.amount, status = excluded.status, reason = excluded.reason;
end;
$$;

-- sql/platform/billing/payments/functions/read_charge.sql

-- What billing reads of a charge, whoever sent it.
create function private.read_charge(p_source text, p_object jsonb)
returns private.charge_facts
language plpgsql
immutable
set search_path = ''
as $$
begin
  return case p_source when 'stripe' then private.read_stripe_charge(p_object) end;
end;
$$;

-- sql/platform/billing/payments/functions/read_dispute.sql

-- What billing reads of a dispute, whoever sent it.
create function private.read_dispute(p_source text, p_object jsonb)
returns private.dispute_facts
language plpgsql
immutable
set search_path = ''
as $$
begin
  return case p_source when 'stripe' then private.read_stripe_dispute(p_object) end;
end;
$$;

-- sql/platform/billing/payments/functions/read_refund.sql

-- What billing reads of a refund, whoever sent it.
create function private.read_refund(p_source text, p_object jsonb)
returns private.refund_facts
language plpgsql
immutable
set search_path = ''
as $$
begin
  return case p_source when 'stripe' then private.read_stripe_refund(p_object) end;
end;
$$;

-- sql/platform/billing/payments/functions/read_stripe_charge.sql

create function private.read_stripe_charge(p_object jsonb)
returns private.charge_facts
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_facts private.charge_facts;
begin
  v_facts.id := p_object ->> 'id';
  v_facts.payment_references := private.stripe_references('charge', p_object);
  v_facts.status := p_object ->> 'status';
  v_facts.amount := (p_object ->> 'amount')::integer;
  v_facts.amount_refunded := coalesce((p_object ->> 'amount_refunded')::integer, 0);
  return v_facts;
end;
$$;

-- sql/platform/billing/payments/functions/read_stripe_dispute.sql

create function private.read_stripe_dispute(p_object jsonb)
returns private.dispute_facts
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_facts private.dispute_facts;
begin
  v_facts.id := p_object ->> 'id';
  v_facts.payment_references := private.stripe_references('dispute', p_object);
  v_facts.status := p_object ->> 'status';
  v_facts.amount := (p_object ->> 'amount')::integer;
  v_facts.currency := p_object ->> 'currency';
  v_facts.reason := p_object ->> 'reason';
  v_facts.evidence_due_at := private.unix_time(p_object #>> '{evidence_details,due_by}');
  v_facts.created := private.unix_time(p_object ->> 'created');
  return v_facts;
end;
$$;

-- sql/platform/billing/payments/functions/read_stripe_refund.sql

create function private.read_stripe_refund(p_object jsonb)
returns private.refund_facts
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_facts private.refund_facts;
begin
  v_facts.id := p_object ->> 'id';
  v_facts.payment_references := private.stripe_references('refund', p_object);
  v_facts.status := coalesce(p_object ->> 'status', 'succeeded');   -- very old refunds have none
  v_facts.amount := (p_object ->> 'amount')::integer;
  v_facts.currency := p_object ->> 'currency';
  v_facts.reason := p_object ->> 'reason';
  v_facts.created := private.unix_time(p_object ->> 'created');
  return v_facts;
end;
$$;

-- sql/platform/billing/payments/functions/reconcile_grant.sql

-- Posts the difference between what should have been taken back of a lot, for refunds
-- and for lost disputes, and what was; giving back before taking.
create function private.reconcile_grant(
  p_grant private.payment_grants,
  p_refunded integer,
  p_charged_back integer,
  p_now timestamptz
)
returns private.payment_grants
language plpgsql
set search_path = ''
as $$
declare
  v_grant private.payment_grants := p_grant;
  v_step record;
begin
  for v_step in
    select *
    from (
      values
        ('refund', p_refunded - p_grant.refunded, 'Payment refunded', 'Refund failed'),
        ('chargeback', p_charged_back - p_grant.charged_back, 'Dispute lost', 'Dispute won back')
    ) as s (type, difference, taken, given)
    where s.difference <> 0
    order by s.difference
  loop
    if v_step.difference > 0 then
      v_grant.taken := v_grant.taken + private.take_back(
        v_grant.user_id, v_step.difference, v_step.type, v_grant.lot_seq, v_step.taken,
        p_grant.source || '_payment', p_grant.payment_id, p_now
      );
    else
      v_grant.taken := v_grant.taken - private.give_back(
        v_grant.user_id, -v_step.difference, v_step.type, v_grant.lot_seq, v_grant.taken, v_step.given,
        p_grant.source || '_payment', p_grant.payment_id, p_now
      );
    end if;
  end loop;
  v_grant.refunded := p_refunded;
  v_grant.charged_back := p_charged_back;
  return v_grant;
end;
$$;

-- sql/platform/billing/payments/functions/refunded_amount.sql

-- How much of a payment went back. The charge says how much was refunded, its refunds
-- say which of it failed; either may be ahead of the other, and a charge may or may
-- not count what failed.
create function private.refunded_amount(p_source text, p_payment_id text)
returns bigint
language plpgsql
stable
set search_path = ''
as $$
declare
  v_told bigint;
  v_known bigint;
  v_good bigint;
begin
  select coalesce(sum(c.amount_refunded), 0) into v_told
  from private.charges as c
  where c.source = p_source and c.payment_id = p_payment_id;
  select
    coalesce(sum(r.amount), 0),
    coalesce(sum(r.amount) filter (where r.status not in ('failed', 'canceled')), 0)
  into v_known, v_good
  from public.refunds as r
  where r.source = p_source and r.payment_id = p_payment_id;
  return case when v_known >= v_told then v_good else v_told - (v_known - v_good) end;
end;
$$;

-- sql/platform/billing/payments/functions/settle_grant.sql

-- One lot of a payment: see settle_payment. What the lot was granted is taken back in
-- proportion to the money, never more than it granted.
create function private.settle_grant(
  p_payment public.payments,
  p_grant private.payment_grants,
  p_ended_at timestamptz,
  p_now timestamptz
)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_grant private.payment_grants := p_grant;
  v_lot public.credit_lots;
  v_is_over boolean := coalesce(p_grant.due_at >= p_ended_at, false);
  v_is_frozen boolean := p_payment.is_disputed and not v_is_over;
  v_refund integer := 0;
  v_lost integer := 0;
begin
  if v_grant.is_cancelled or (v_grant.lot_seq is null and not v_is_over and v_grant.due_at > p_now) then
    return;
  end if;
  if v_grant.lot_seq is null and not v_is_over then
    v_grant.lot_seq := private.post_grant(v_grant, p_now);
  end if;
  if v_grant.lot_seq is not null then
    select * into v_lot
    from public.credit_lots as l
    where l.user_id = v_grant.user_id and l.seq = v_grant.lot_seq;
    if not v_is_over and p_payment.amount > 0 then
      v_refund := private.credit_share(v_grant.credits, p_payment.amount_refunded, p_payment.amount);
      v_lost := private.credit_share(
        v_grant.credits, p_payment.amount_refunded::bigint + p_payment.amount_lost, p_payment.amount
      ) - v_refund;
    end if;
    if v_is_frozen and v_lot.frozen_at is null then
      perform private.freeze_lot(v_grant.user_id, v_grant.lot_seq, p_now);
    end if;
    if (v_grant.refunded, v_grant.charged_back) <> (v_refund, v_lost) then
      v_grant := private.reconcile_grant(v_grant, v_refund, v_lost, p_now);
    end if;
    if not v_is_frozen and v_lot.frozen_at is not null then
      perform private.unfreeze_lot(v_grant.user_id, v_grant.lot_seq, p_now);
    end if;
    if v_is_over then
      -- Granted before it was known that the subscription had ended.
      perform private.void_lot(
        v_grant.user_id, v_grant.lot_seq, v_grant.transaction_type, 'The subscription had ended', p_now
      );
    elsif v_grant.transaction_type = 'monthly_reset'
      and (v_lot.expires_at > p_ended_at or v_lot.rollover_until > p_ended_at) then
      perform private.end_lot(v_grant.user_id, v_grant.lot_seq, p_ended_at, p_now);
    end if;
  end if;
  v_grant.is_cancelled := v_is_over;
  if v_grant is distinct from p_grant then
    update private.payment_grants as g
    set
      lot_seq = v_grant.lot_seq,
      refunded = v_grant.refunded,
      charged_back = v_grant.charged_back,
      taken = v_grant.taken,
      is_cancelled = v_grant.is_cancelled
    where g.source = v_grant.source and g.payment_id = v_grant.payment_id and g.n = v_grant.n;
  end if;
end;
$$;

-- sql/platform/billing/payments/functions/settle_payment.sql

-- Brings the credits of a payment to where its facts say they are: grants what is
-- due, takes back the share of its money that went back or was lost, gives back what
-- was taken for a refund that failed, freezes while a dispute is open, ends lots with
-- their subscription. Called under the user's billing lock after any of these facts
-- changed, in whatever order; what is posted already is counted, not repeated.
create function private.settle_payment(p_source text, p_payment_id text, p_now timestamptz)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_payment public.payments;
  v_ended_at timestamptz;
  v_refunded bigint;
  v_lost bigint;
  v_is_disputed boolean;
  v_grant private.payment_grants;
begin
  select * into v_payment
  from public.payments as p
  where p.source = p_source and p.external_id = p_payment_id
  for no key update;
  v_refunded := private.refunded_amount(p_source, p_payment_id);
  select
    coalesce(sum(d.amount) filter (where d.status = 'lost'), 0),
    coalesce(bool_or(d.status in ('needs_response', 'under_review')), false)
  into v_lost, v_is_disputed
  from public.disputes as d
  where d.source = p_source and d.payment_id = p_payment_id;
  if (v_payment.amount_refunded, v_payment.amount_lost, v_payment.is_disputed)
    is distinct from (v_refunded::integer, v_lost::integer, v_is_disputed) then
    update public.payments as p
    set amount_refunded = v_refunded, amount_lost = v_lost, is_disputed = v_is_disputed
    where p.source = p_source and p.external_id = p_payment_id
    returning * into v_payment;
  end if;
  select s.ended_at into v_ended_at
  from public.subscriptions as s
  where s.id = v_payment.subscription_id and s.source = p_source;

  for v_grant in
    select *
    from private.payment_grants as g
    where g.source = p_source and g.payment_id = p_payment_id
    order by g.n
  loop
    perform private.settle_grant(v_payment, v_grant, v_ended_at, p_now);
  end loop;
end;
$$;

-- sql/platform/billing/payments/functions/stripe_references.sql

-- The ids by which an object of Stripe names its payment, the surest first: an
-- invoice (which a subscription's payment is booked under), a payment intent, a charge.
create function private.stripe_references(p_type text, p_object jsonb)
returns text[]
language plpgsql
immutable
set search_path = ''
as $$
begin
  return array_remove(
    array[
      coalesce(p_object #>> '{invoice,id}', p_object ->> 'invoice'),
      coalesce(p_object #>> '{payment_intent,id}', p_object ->> 'payment_intent'),
      coalesce(p_object #>> '{payment,payment_intent,id}', p_object #>> '{payment,payment_intent}'),
      case when p_type = 'charge' then p_object ->> 'id' end,
      coalesce(p_object #>> '{charge,id}', p_object ->> 'charge'),
      coalesce(p_object #>> '{payment,charge,id}', p_object #>> '{payment,charge}')
    ],
    null
  );
end;
$$;

-- sql/platform/billing/subscriptions/functions/apply_subscription.sql

-- Computes a subscription anew from all its versions: mirror, history, the trial's
-- credits, the ends of what it granted, and the account's plan. It waits for a price
-- that it has or had and that sells no plan.
create function private.apply_subscription(p_source text, p_id text, p_user_id uuid, p_now timestamptz)
returns text
language plpgsql
set search_path = ''
as $$
declare
  v_version private.picked_version := private.pick_version(p_source, 'subscription', p_id);
  v_facts private.subscription_facts := private.read_subscription(p_source, v_version.object);
  v_plan public.plans := private.plan_of_price(v_facts.price_id);
  v_missing text;
  v_payment_id text;
begin
  if v_version.rank = 3 then
    v_facts.ended_at := coalesce(v_facts.ended_at, v_version.created);
  end if;
  perform private.put_subscription(p_source, p_user_id, v_facts, v_plan.id);
  v_missing := private.put_history(p_source, p_id, p_user_id);
  perform private.settle_trial(p_source, v_facts, p_user_id, p_now);
  if v_facts.ended_at is not null then
    for v_payment_id in
      select p.external_id
      from public.payments as p
      where p.source = p_source and p.subscription_id = p_id
      order by p.external_id
    loop
      perform private.settle_payment(p_source, v_payment_id, p_now);
    end loop;
  end if;
  perform private.follow_plan(p_user_id);
  return coalesce('price:' || v_missing, 'applied');
end;
$$;

-- sql/platform/billing/subscriptions/functions/follow_plan.sql

-- The plan in a user's credit account: what it grants a period, and when it is
-- granted anew: the end of the period, or the next month of a year that is granted
-- by the month. Of several running subscriptions the one that lasts longest counts.
create function private.follow_plan(p_user_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_credits integer := 0;
  v_next timestamptz;
begin
  select
    least(p.credits_per_period::bigint * s.quantity, 2000000000)::integer,
    coalesce(
      (
        select min(g.due_at)
        from public.payments as y
        join private.payment_grants as g on g.source = y.source and g.payment_id = y.external_id
        where y.source = s.source and y.subscription_id = s.id and g.lot_seq is null and not g.is_cancelled
      ),
      s.current_period_end
    )
  into v_credits, v_next
  from public.subscriptions as s
  join public.plans as p on p.id = s.plan_id
  where s.user_id = p_user_id and s.status in ('trialing', 'active', 'past_due')
  order by s.current_period_end desc, s.id
  limit 1;
  update public.credit_accounts as a
  set plan_credits = coalesce(v_credits, 0), next_reset_at = v_next
  where a.user_id = p_user_id
    and (a.plan_credits, a.next_reset_at) is distinct from (coalesce(v_credits, 0), v_next);
end;
$$;

-- sql/platform/billing/subscriptions/functions/put_history.sql

-- Writes a subscription's history from its versions: a row for each run of versions
-- with one status and plan, in their order. A row's id is its place, so that a row
-- that says the same stays the same. Answers a price of them that sells no plan.
create function private.put_history(p_source text, p_id text, p_user_id uuid)
returns text
language plpgsql
set search_path = ''
as $$
declare
  v_missing text;
begin
  with version as materialized (
    select o.n, f.price_id, o.created, o.rank, f.status, f.canceled_at, f.ended_at, (private.plan_of_price(f.price_id)).id as plan_id
    from private.ordered_versions(p_source, 'subscription', p_id) as o
    cross join lateral private.read_subscription(p_source, o.object) as f
  ),
  step as (
    select
      v.*,
      (v.status, v.plan_id) is distinct from (lag(v.status) over w, lag(v.plan_id) over w)
        or v.n = 1 as is_new
    from version as v
    window w as (order by v.n)
  ),
  numbered as (
    select s.*, count(*) filter (where s.is_new) over (order by s.n) as run from step as s
  ),
  run as (
    select
      r.run,
      (array_agg(r.status order by r.n desc))[1] as status,
      (array_agg(r.plan_id order by r.n desc))[1] as plan_id,
      (array_agg(r.created order by r.n))[1] as started_at,
      (array_agg(r.canceled_at order by r.n desc))[1] as canceled_at,
      (array_agg(case when r.rank = 3 then coalesce(r.ended_at, r.created) end order by r.n desc))[1] as ended_at
    from numbered as r
    group by r.run
  ),
  row as (
    select
      md5(format('%s:%s:%s', p_source, p_id, r.run))::uuid as id,
      r.plan_id, r.status, r.started_at, r.canceled_at,
      coalesce(lead(r.started_at) over (order by r.run), r.ended_at) as ended_at
    from run as r
  ),
  gone as (
    delete from public.subscription_history as h
    where h.subscription_id = p_id and not exists (select 1 from row as r where r.id = h.id)
  ),
  put as (
    insert into public.subscription_history as h (
      id, user_id, subscription_id, plan_id, status, started_at, ended_at, canceled_at, created_at
    )
    select r.id, p_user_id, p_id, r.plan_id, r.status, r.started_at, r.ended_at, r.canceled_at, r.started_at
    from row as r
    on conflict (id) do update
    set
      plan_id = excluded.plan_id,
      status = excluded.status,
      started_at = excluded.started_at,
      ended_at = excluded.ended_at,
      canceled_at = excluded.canceled_at,
      created_at = excluded.created_at
    where (h.plan_id, h.status, h.started_at, h.ended_at, h.canceled_at)
      is distinct from (
        excluded.plan_id, excluded.status, excluded.started_at, excluded.ended_at, excluded.canceled_at
      )
  )
  select min(v.price_id) into v_missing from version as v where v.plan_id is null;
  return v_missing;
end;
$$;

-- sql/platform/billing/subscriptions/functions/put_subscription.sql

-- Mirrors a subscription. A price that is not known yet is left out of it.
create function private.put_subscription(
  p_source text,
  p_user_id uuid,
  p_facts private.subscription_facts,
  p_plan_id uuid
)
returns void
language plpgsql
set search_path = ''
as $$
begin
  insert into public.subscriptions as s (
    id, source, user_id, price_id, plan_id, status, quantity, cancel_at_period_end, current_period_start,
    current_period_end, trial_start, trial_end, cancel_at, canceled_at, ended_at, customer_id, item_id,
    schedule_id, metadata, created_at
  )
  values (
    p_facts.id, p_source, p_user_id,
    (select p.id from public.prices as p where p.id = p_facts.price_id),
    p_plan_id, p_facts.status, p_facts.quantity, p_facts.cancel_at_period_end,
    coalesce(p_facts.period_start, p_facts.created, now()), coalesce(p_facts.period_end, p_facts.created, now()),
    p_facts.trial_start, p_facts.trial_end, p_facts.cancel_at, p_facts.canceled_at, p_facts.ended_at,
    p_facts.customer_id, p_facts.item_id, p_facts.schedule_id, p_facts.metadata,
    coalesce(p_facts.created, now())
  )
  on conflict (id) do update
  set
    price_id = excluded.price_id,
    plan_id = excluded.plan_id,
    status = excluded.status,
    quantity = excluded.quantity,
    cancel_at_period_end = excluded.cancel_at_period_end,
    current_period_start = excluded.current_period_start,
    current_period_end = excluded.current_period_end,
    trial_start = excluded.trial_start,
    trial_end = excluded.trial_end,
    cancel_at = excluded.cancel_at,
    canceled_at = excluded.canceled_at,
    ended_at = excluded.ended_at,
    customer_id = excluded.customer_id,
    item_id = excluded.item_id,
    schedule_id = excluded.schedule_id,
    metadata = excluded.metadata;
end;
$$;

-- sql/platform/billing/subscriptions/functions/read_stripe_subscription.sql

-- A subscription of Stripe: its period is its own (before 2025-03-31) or its item's
-- (since). Of several items the first that sells a plan counts.
create function private.read_stripe_subscription(p_object jsonb)
returns private.subscription_facts
language plpgsql
stable
set search_path = ''
as $$
declare
  v_facts private.subscription_facts;
  v_items jsonb := p_object #> '{items,data}';
  v_item jsonb := v_items -> 0;
begin
  if jsonb_array_length(v_items) > 1 then
    select i.value into v_item
    from jsonb_array_elements(v_items) with ordinality as i
    order by (private.plan_of_price(private.stripe_price_of(i.value))).id is null, i.ordinality
    limit 1;
  end if;
  v_facts.id := p_object ->> 'id';
  v_facts.customer_id := private.stripe_customer_of('subscription', null, p_object);
  v_facts.price_id := coalesce(private.stripe_price_of(v_item), private.stripe_price_of(p_object));
  v_facts.item_id := v_item ->> 'id';
  v_facts.status := p_object ->> 'status';
  v_facts.quantity := greatest(coalesce((v_item ->> 'quantity')::integer, (p_object ->> 'quantity')::integer, 1), 1);
  v_facts.created := private.unix_time(p_object ->> 'created');
  v_facts.period_start := private.unix_time(
    coalesce(p_object ->> 'current_period_start', v_item ->> 'current_period_start', p_object ->> 'start_date')
  );
  v_facts.period_end := private.unix_time(
    coalesce(p_object ->> 'current_period_end', v_item ->> 'current_period_end', p_object ->> 'start_date')
  );
  v_facts.trial_start := private.unix_time(p_object ->> 'trial_start');
  v_facts.trial_end := private.unix_time(p_object ->> 'trial_end');
  v_facts.cancel_at_period_end := coalesce((p_object ->> 'cancel_at_period_end')::boolean, false);
  v_facts.cancel_at := private.unix_time(p_object ->> 'cancel_at');
  v_facts.canceled_at := private.unix_time(p_object ->> 'canceled_at');
  v_facts.ended_at := private.unix_time(p_object ->> 'ended_at');
  v_facts.schedule_id := coalesce(p_object #>> '{schedule,id}', p_object ->> 'schedule');
  v_facts.metadata := coalesce(nullif(p_object -> 'metadata', 'null'), '{}'::jsonb);
  return v_facts;
end;
$$;

-- sql/platform/billing/subscriptions/functions/read_subscription.sql

-- What billing reads of a subscription, whoever sent it.
create function private.read_subscription(p_source text, p_object jsonb)
returns private.subscription_facts
language plpgsql
stable
set search_path = ''
as $$
begin
  return case p_source when 'stripe' then private.read_stripe_subscription(p_object) end;
end;
$$;

-- sql/platform/billing/subscriptions/functions/settle_trial.sql

-- The credits of a trial, once a person: of the plan that the subscription was first
-- seen on trial with. They end with the trial, wherever its end is moved.
create function private.settle_trial(
  p_source text,
  p_facts private.subscription_facts,
  p_user_id uuid,
  p_now timestamptz
)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_plan public.plans;
  v_grant public.credit_transactions;
  v_ends_at timestamptz := least(p_facts.trial_end, p_facts.ended_at);
begin
  if v_ends_at is null then
    return;
  end if;
  select * into v_grant
  from public.credit_transactions as t
  where t.user_id = p_user_id and t.idempotency_key = 'trial';
  if not found then
    select p.* into v_plan
    from private.ordered_versions(p_source, 'subscription', p_facts.id) as o
    cross join lateral private.read_subscription(p_source, o.object) as f
    cross join lateral private.plan_of_price(f.price_id) as p
    where f.status = 'trialing'
    order by o.n
    limit 1;
    if coalesce(v_plan.trial_credits, 0) = 0 then
      return;
    end if;
    v_grant := private.grant_credits(
      p_user_id, v_plan.trial_credits, 'trial_grant', 'Trial credits',
      jsonb_build_object('subscription_id', p_facts.id, 'plan_id', v_plan.id),
      'trial', p_facts.trial_end, p_source || '_subscription', p_facts.id,
      p_now => p_now, p_is_late => true
    );
  end if;
  if v_grant.cause_type = p_source || '_subscription' and v_grant.cause_id = p_facts.id then
    perform private.move_expiry(p_user_id, v_grant.seq, v_ends_at, p_now);
  end if;
end;
$$;

-- sql/platform/billing/versions/functions/comes_before.sql

-- Whether of two versions of one second the first is told to come before the other:
-- by what the other changed, or as the object's creation.
create function private.comes_before(p_first private.billing_versions, p_other private.billing_versions)
returns boolean
language plpgsql
immutable
set search_path = ''
as $$
begin
  return (p_first.event_type like '%.created' and p_first.previous is null)
    or (p_other.previous is not null and private.had_values(p_first.object, p_other.previous));
end;
$$;

-- sql/platform/billing/versions/functions/had_values.sql

-- Whether an object had these values before: Stripe's previous_attributes name what
-- an event changed, objects in part, lists whole. What was not there is null in them.
create function private.had_values(p_object jsonb, p_previous jsonb)
returns boolean
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_key text;
  v_value jsonb;
begin
  for v_key, v_value in select e.key, e.value from jsonb_each(p_previous) as e loop
    if jsonb_typeof(v_value) = 'object' and jsonb_typeof(p_object -> v_key) = 'object' then
      if not private.had_values(p_object -> v_key, v_value) then
        return false;
      end if;
    elsif coalesce(p_object -> v_key, 'null'::jsonb) <> v_value then
      return false;
    end if;
  end loop;
  return true;
end;
$$;

-- sql/platform/billing/versions/functions/mark_stale.sql

-- Notes that an object has to be fetched from its sender.
create function private.mark_stale(p_source text, p_type text, p_id text)
returns void
language sql
set search_path = ''
as $$
  update private.billing_objects as o
  set stale_since = coalesce(o.stale_since, now())
  where o.source = p_source and o.type = p_type and o.id = p_id;
$$;

-- sql/platform/billing/versions/functions/ordered_versions.sql

-- All versions of an object in their order: rank, second, what each changed, event
-- id. A fetched version comes after all of its second. Versions of one second that
-- say the same are one state; states are put in order by what their events changed,
-- step by step. is_decided: it is known of every other state of the second whether
-- it came before or after this one.
create function private.ordered_versions(p_source text, p_type text, p_id text)
returns table (
  n bigint, event_id text, event_type text, created timestamptz, rank smallint, object jsonb, is_decided boolean
)
language plpgsql
stable
set search_path = ''
as $$
begin
  return query
    with recursive version as materialized (
      select
        v as row, v.event_id, v.event_type, v.created, v.rank, v.is_synthetic, v.object,
        count(*) over (partition by v.rank, v.created, v.is_synthetic) as twins
      from private.billing_versions as v
      where v.source = p_source and v.type = p_type and v.object_id = p_id
    ),
    twin as materialized (
      select
        t.*,
        dense_rank() over (
          order by t.rank, t.created, private.version_facts(p_source, p_type, t.object)
        ) as state
      from version as t
      where t.twins > 1 and not t.is_synthetic
    ),
    step as (
      select distinct a.state as first, b.state as other
      from twin as a
      join twin as b on b.rank = a.rank and b.created = a.created and b.state <> a.state
      where private.comes_before(a.row, b.row)
    ),
    way as (
      select s.first, s.other from step as s
      union
      select w.first, s.other from way as w join step as s on s.first = w.other
    ),
    -- A way back and forth says nothing.
    before as (
      select w.first, w.other
      from way as w
      where not exists (select 1 from way as x where x.first = w.other and x.other = w.first)
    ),
    place as (
      select
        t.event_id,
        (select count(*) from before as b where b.other = t.state) as place,
        (select count(*) from before as b where t.state in (b.first, b.other))
          = (
            select count(distinct o.state) - 1
            from twin as o
            where o.rank = t.rank and o.created = t.created
          ) as is_decided
      from twin as t
    )
    select
      row_number() over (
        order by v.rank, v.created, v.is_synthetic, coalesce(p.place, 0), v.event_id
      ),
      v.event_id, v.event_type, v.created, v.rank, v.object, coalesce(p.is_decided, true)
    from version as v
    left join place as p on p.event_id = v.event_id;
end;
$$;

-- sql/platform/billing/versions/functions/pick_version.sql

-- The version of an object that counts now. Where its versions do not decide that,
-- the object is marked stale, to be fetched from its sender; where they do, it no
-- longer is.
create function private.pick_version(p_source text, p_type text, p_id text)
returns private.picked_version
language plpgsql
set search_path = ''
as $$
declare
  v_last record;
  v_is_decided boolean := true;
begin
  select
    v.object, v.event_type, v.created, v.rank, v.is_synthetic,
    count(*) over (partition by v.rank, v.created, v.is_synthetic) as twins
  into v_last
  from private.billing_versions as v
  where v.source = p_source and v.type = p_type and v.object_id = p_id
  order by v.rank desc, v.created desc, v.is_synthetic desc
  limit 1;
  if not found then
    return null;
  end if;
  if v_last.twins > 1 and not v_last.is_synthetic then
    select o.object, o.event_type, o.created, o.rank, o.is_decided into v_last
    from private.ordered_versions(p_source, p_type, p_id) as o
    order by o.n desc
    limit 1;
    v_is_decided := v_last.is_decided;
  end if;
  if v_is_decided then
    update private.billing_objects as o
    set stale_since = null, asked_at = null, asks = 0
    where o.source = p_source and o.type = p_type and o.id = p_id and o.stale_since is not null;
  else
    perform private.mark_stale(p_source, p_type, p_id);
  end if;
  return row(v_last.object, v_last.event_type, v_last.created, v_last.rank)::private.picked_version;
end;
$$;

-- sql/platform/billing/versions/functions/record_fetched_object.sql

-- A fetched object becomes a version, by way of the inbox like any event. It is sure
-- to know what happened some seconds before it was asked for (five, for clocks that
-- differ): what happened up to then it supersedes, what came later it does not.
create function private.record_fetched_object(
  p_source text,
  p_object jsonb,
  p_fetched_at timestamptz default null,
  p_now timestamptz default now()
)
returns text
language plpgsql
security definer            -- the inbox is not the caller's to write
set search_path = ''
as $$
declare
  v_type text := p_object ->> 'object';
  v_id text := p_object ->> 'id';
  v_stored private.billing_objects;
  v_second timestamptz;
  v_event public.webhook_events;
begin
  if p_source is null or p_source not in ('stripe', 'whop') then
    perform private.refuse_source(p_source);
  end if;
  if v_type is null or v_id is null or char_length(v_id) > 200
    or private.billing_object_type(p_source, v_type || '.fetched') is null then
    raise exception using
      errcode = 'PT400', message = 'event_invalid',
      detail = 'The object has no id, or is of a kind that is not kept.',
      hint = 'Send the object as its sender gave it.';
  end if;
  select * into v_stored
  from private.billing_objects as o
  where o.source = p_source and o.type = v_type and o.id = v_id;
  v_second := date_trunc(
    'second',
    greatest(
      least(coalesce(p_fetched_at, v_stored.asked_at, p_now - interval '1 minute'), p_now), to_timestamp(0)
    )
  ) - interval '5 seconds';
  if exists (
    select 1
    from private.billing_versions as v
    where v.source = p_source and v.type = v_type and v.object_id = v_id and v.created > v_second
  ) then
    return case when v_stored.stale_since is null then 'unchanged' else 'early' end;
  end if;
  if v_stored.stale_since is null and private.version_facts(p_source, v_type, p_object) = (
    select private.version_facts(p_source, v_type, o.object)
    from private.ordered_versions(p_source, v_type, v_id) as o
    order by o.n desc
    limit 1
  ) then
    return 'unchanged';
  end if;
  v_event := private.record_webhook_event(
    p_source,
    jsonb_build_object(
      'id', format('fetched_%s_%s_%s', v_type, v_id, extract(epoch from v_second)::bigint),
      'type', v_type || '.fetched',
      'created', extract(epoch from v_second)::bigint,
      'data', jsonb_build_object('object', p_object)
    ),
    p_now
  );
  return v_event.status;
end;
$$;
grant execute on function private.record_fetched_object(text, jsonb, timestamptz, timestamptz) to service_role;

-- sql/platform/billing/versions/functions/stale_billing_objects.sql

-- The objects to fetch now, and notes that somebody goes to: who was asked for often
-- without an answer waits longer, up to a day.
create function private.stale_billing_objects(p_limit integer default 100, p_now timestamptz default now())
returns table (source text, type text, id text, stale_since timestamptz)
language plpgsql
security definer            -- the versions are not the caller's to write
set search_path = ''
as $$
#variable_conflict use_column
begin
  if p_limit is null or p_limit not between 1 and 1000 then
    raise exception using
      errcode = 'PT400', message = 'limit_invalid',
      detail = format('%s objects were asked for.', coalesce(p_limit::text, 'null')),
      hint = 'Ask for 1 to 1000.';
  end if;
  return query
    with due as (
      select o.source, o.type, o.id
      from private.billing_objects as o
      where o.stale_since is not null
        and (
          o.asked_at is null
          or o.asked_at < p_now - least(interval '30 seconds' * power(2, least(o.asks, 20)), interval '1 day')
        )
      order by o.asked_at nulls first, o.stale_since
      limit p_limit
      for no key update skip locked
    )
    update private.billing_objects as o
    set asked_at = p_now, asks = o.asks + 1
    from due as d
    where o.source = d.source and o.type = d.type and o.id = d.id
    returning o.source, o.type, o.id, o.stale_since;
end;
$$;
grant execute on function private.stale_billing_objects(integer, timestamptz) to service_role;

-- sql/platform/billing/versions/functions/store_version.sql

-- Keeps what an event says of an object. The same event again changes nothing.
create function private.store_version(
  p_source text,
  p_type text,
  p_object_id text,
  p_event_id text,
  p_event_type text,
  p_created timestamptz,
  p_object jsonb,
  p_previous jsonb default null,
  p_rank smallint default 0,
  p_is_synthetic boolean default false,
  p_user_id uuid default null
)
returns void
language plpgsql
set search_path = ''
as $$
begin
  insert into private.billing_objects (source, type, id, user_id)
  values (p_source, p_type, p_object_id, p_user_id)
  on conflict (source, type, id) do nothing;
  if not found and p_user_id is not null then
    update private.billing_objects as o
    set user_id = p_user_id
    where o.source = p_source and o.type = p_type and o.id = p_object_id and o.user_id is null;
  end if;
  insert into private.billing_versions (
    source, type, object_id, event_id, event_type, created, rank, is_synthetic, object, previous
  )
  values (
    p_source, p_type, p_object_id, p_event_id, p_event_type, date_trunc('second', p_created), p_rank,
    p_is_synthetic, p_object, nullif(p_previous, '{}'::jsonb)
  )
  on conflict (source, type, object_id, event_id) do nothing;
end;
$$;

-- sql/platform/billing/versions/functions/version_facts.sql

-- What is read of a version. Two versions of which the same is read are one state:
-- which of them came first does not matter.
create function private.version_facts(p_source text, p_type text, p_object jsonb)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return case p_type
    when 'subscription' then to_jsonb(private.read_subscription(p_source, p_object))
    when 'invoice' then to_jsonb(private.read_invoice(p_source, p_object))
    when 'charge' then to_jsonb(private.read_charge(p_source, p_object))
    when 'refund' then to_jsonb(private.read_refund(p_source, p_object))
    when 'dispute' then to_jsonb(private.read_dispute(p_source, p_object))
    else p_object
  end;
end;
$$;

-- sql/platform/billing/versions/functions/version_rank.sql

-- How far in its life a version's object is. Only steps that are never taken back
-- count, so that a late event of an earlier step does not undo a later one: a paid
-- invoice stays paid, a canceled subscription canceled. 9 is deleted.
create function private.version_rank(p_type text, p_event_type text, p_object jsonb)
returns smallint
language plpgsql
immutable
set search_path = ''
as $$
begin
  return case
    when p_object ->> 'deleted' = 'true' then 9
    when p_type in ('product', 'price', 'customer', 'invoice') and p_event_type like '%.deleted' then 9
    when p_type = 'subscription' then
      case when p_object ->> 'status' in ('canceled', 'incomplete_expired') then 3 else 0 end
    when p_type = 'invoice' then
      case p_object ->> 'status' when 'open' then 1 when 'uncollectible' then 2 when 'paid' then 3
        when 'void' then 3 else 0 end
    when p_type = 'refund' then
      case p_object ->> 'status' when 'succeeded' then 1 when 'failed' then 3 when 'canceled' then 3 else 0 end
    when p_type = 'dispute' then
      case when p_object ->> 'status' in ('won', 'lost', 'prevented') then 3 else 0 end
    when p_type = 'payment_intent' then
      case when p_object ->> 'status' in ('succeeded', 'canceled') then 3 else 0 end
    when p_type = 'invoice_payment' then
      case when p_object ->> 'status' in ('paid', 'canceled') then 3 else 0 end
    else 0
  end::smallint;
end;
$$;

-- sql/platform/billing/versions/functions/whole_object.sql

-- The picked version, with what was last known of an object where its deletion says
-- no more than that.
create function private.whole_object(
  p_source text,
  p_type text,
  p_id text,
  p_version private.picked_version
)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  if p_version.rank < 9 then
    return p_version.object;
  end if;
  return coalesce(
    (
      select o.object
      from private.ordered_versions(p_source, p_type, p_id) as o
      where o.rank < 9
      order by o.n desc
      limit 1
    ),
    '{}'::jsonb
  ) || p_version.object;
end;
$$;

-- sql/platform/admin/functions/admin_adjust_credits.sql

-- An admin gives (positive) or takes (negative) credits, with a reason and a key.
-- What is taken beyond the balance becomes debt, as with any reversal.
create function private.admin_adjust_credits(
  p_user_id uuid,
  p_amount integer,
  p_reason text,
  p_idempotency_key text
)
returns public.credit_transactions
language plpgsql
security definer            -- the account is not the admin's to write
set search_path = ''
as $$
declare
  v_admin_id uuid := private.require_admin();
  v_row public.credit_transactions;
begin
  perform private.check_text('p_reason', p_reason, 1000);
  perform private.check_text('p_idempotency_key', p_idempotency_key, 200);
  if p_amount is null or p_amount = 0 or p_amount < -1000000000 then
    raise exception using
      errcode = 'PT400', message = 'amount_invalid',
      detail = format('The amount is %s.', coalesce(p_amount::text, 'null')),
      hint = 'Send whole credits, more or less than 0.';
  end if;
  v_row := case
    when p_amount > 0 then private.grant_credits(
      p_user_id, p_amount, 'adjustment', p_reason,
      p_idempotency_key => 'admin:' || p_idempotency_key, p_actor_id => v_admin_id
    )
    else private.reverse_credits(
      p_user_id, -p_amount, 'adjustment', p_description => p_reason,
      p_idempotency_key => 'admin:' || p_idempotency_key, p_actor_id => v_admin_id
    )
  end;
  perform private.log_admin_action(
    'adjust_credits', 'user', p_user_id,
    jsonb_build_object('amount', p_amount, 'reason', p_reason, 'transaction_id', v_row.id)
  );
  return v_row;
end;
$$;
grant execute on function private.admin_adjust_credits(uuid, integer, text, text) to authenticated;

-- sql/platform/admin/functions/admin_open_events.sql

-- Events that were not applied: those that wait or are retried, and first those that
-- were given up.
create function private.admin_open_events(p_limit integer)
returns table (
  id uuid, source text, external_id text, event_type text, object_type text, object_id text, status text,
  waiting_for text, error text, attempts integer, next_attempt_at timestamptz, received_at timestamptz
)
language plpgsql
stable
security definer            -- checks the caller's role itself
set search_path = ''
as $$
begin
  perform private.require_admin();
  if p_limit is null or p_limit not between 1 and 1000 then
    raise exception using
      errcode = 'PT400', message = 'limit_invalid',
      detail = format('%s events were asked for.', coalesce(p_limit::text, 'null')),
      hint = 'Ask for 1 to 1000.';
  end if;
  return query
    select
      e.id, e.source, e.external_id, e.event_type, e.object_type, e.object_id, e.status, e.waiting_for,
      e.error, e.attempts, e.next_attempt_at, e.received_at
    from public.webhook_events as e
    where e.status in ('received', 'waiting', 'failed')
    order by e.next_attempt_at is null desc, e.received_at
    limit p_limit;
end;
$$;
grant execute on function private.admin_open_events(integer) to authenticated;

-- sql/platform/admin/functions/admin_refund_usage.sql

-- An admin gives back what a piece of work cost, all or a part, once a transaction:
-- repeating it with another amount is PT409.
create function private.admin_refund_usage(
  p_transaction_id uuid,
  p_user_id uuid,
  p_amount integer,
  p_reason text
)
returns public.credit_transactions
language plpgsql
security definer            -- the account is not the admin's to write
set search_path = ''
as $$
declare
  v_admin_id uuid := private.require_admin();
  v_usage public.credit_transactions;
  v_row public.credit_transactions;
begin
  perform private.check_text('p_reason', p_reason, 1000);
  select * into v_usage
  from public.credit_transactions as t
  where t.user_id = p_user_id and t.id = p_transaction_id and t.transaction_type = 'usage';
  if not found then
    raise exception using
      errcode = 'PT404', message = 'transaction_not_found',
      detail = format('User %s has no usage %s.', p_user_id, p_transaction_id),
      hint = 'Send the id of a usage transaction of that user.';
  end if;
  if coalesce(p_amount, 1) not between 1 and -v_usage.amount then
    raise exception using
      errcode = 'PT400', message = 'amount_invalid',
      detail = format('The work cost %s, asked to refund %s.', -v_usage.amount, p_amount),
      hint = 'Refund at most what it cost, or null for all.';
  end if;
  v_row := private.grant_credits(
    p_user_id, coalesce(p_amount, -v_usage.amount), 'refund', p_reason,
    p_idempotency_key => 'refund:' || v_usage.id,
    p_cause_type => 'transaction', p_cause_id => v_usage.id::text, p_actor_id => v_admin_id
  );
  perform private.log_admin_action(
    'refund_usage', 'user', p_user_id,
    jsonb_build_object('amount', v_row.amount, 'reason', p_reason, 'transaction_id', v_usage.id)
  );
  return v_row;
end;
$$;
grant execute on function private.admin_refund_usage(uuid, uuid, integer, text) to authenticated;

-- sql/platform/admin/functions/admin_replay_event.sql

create function private.admin_replay_event(p_event_id uuid)
returns public.webhook_events
language plpgsql
security definer            -- the inbox is not the admin's to write
set search_path = ''
as $$
declare
  v_admin_id uuid := private.require_admin();
  v_event public.webhook_events;
begin
  v_event := private.replay_webhook_event(p_event_id);
  perform private.log_admin_action(
    'replay_event', 'webhook_event', p_event_id,
    jsonb_build_object('status', v_event.status, 'admin', v_admin_id)
  );
  return v_event;
end;
$$;
grant execute on function private.admin_replay_event(uuid) to authenticated;

-- sql/platform/admin/functions/admin_set_active.sql

-- An admin suspends a user or lets them in again. Work under way goes on.
create function private.admin_set_active(p_user_id uuid, p_is_active boolean, p_reason text)
returns public.profiles
language plpgsql
security definer            -- the profile is not the admin's to write
set search_path = ''
as $$
declare
  v_admin_id uuid := private.require_admin();
  v_profile public.profiles;
begin
  perform private.check_text('p_reason', p_reason, 1000);
  if p_is_active is null or (p_user_id = v_admin_id and not p_is_active) then
    raise exception using
      errcode = 'PT400', message = 'argument_missing',
      detail = 'p_is_active is null, or an admin would suspend themselves.',
      hint = 'Send true or false, and another user.';
  end if;
  update public.profiles as p
  set is_active = p_is_active
  where p.id = p_user_id and p.deleted_at is null
  returning * into v_profile;
  if not found then
    perform private.refuse_missing_user(p_user_id);
  end if;
  perform private.log_admin_action(
    case when p_is_active then 'reactivate' else 'suspend' end, 'user', p_user_id,
    jsonb_build_object('reason', p_reason)
  );
  return v_profile;
end;
$$;
grant execute on function private.admin_set_active(uuid, boolean, text) to authenticated;

-- sql/platform/admin/functions/admin_set_role.sql

-- An admin makes another user an admin, or takes it from them. Nobody does it to
-- themselves, so there is always one left.
create function private.admin_set_role(p_user_id uuid, p_role text, p_reason text)
returns public.profiles
language plpgsql
security definer            -- the profile is not the admin's to write
set search_path = ''
as $$
declare
  v_admin_id uuid := private.require_admin();
  v_profile public.profiles;
begin
  perform private.check_text('p_reason', p_reason, 1000);
  if p_role is null or p_role not in ('user', 'admin') or p_user_id = v_admin_id then
    raise exception using
      errcode = 'PT400', message = 'role_invalid',
      detail = 'The role is neither user nor admin, or it is the caller''s own.',
      hint = 'Send user or admin, and another user.';
  end if;
  update public.profiles as p
  set role = p_role
  where p.id = p_user_id and p.deleted_at is null
  returning * into v_profile;
  if not found then
    perform private.refuse_missing_user(p_user_id);
  end if;
  perform private.log_admin_action(
    'set_role', 'user', p_user_id, jsonb_build_object('role', p_role, 'reason', p_reason)
  );
  return v_profile;
end;
$$;
grant execute on function private.admin_set_role(uuid, text, text) to authenticated;

-- sql/platform/admin/functions/log_activity.sql

-- A front end reports what its user does; address and agent come from the request.
create function private.log_activity(p_activity_type text, p_activity_data jsonb)
returns void
language plpgsql
security definer            -- address and agent are not the caller's to write
set search_path = ''
as $$
declare
  v_user_id uuid := private.require_user_id();
begin
  perform private.check_text('p_activity_type', p_activity_type, 100);
  if pg_column_size(p_activity_data) > 16384 then
    raise exception using
      errcode = 'PT400', message = 'metadata_invalid',
      detail = 'The activity''s data is larger than 16 kB.', hint = 'Send less.';
  end if;
  update public.profiles as p
  set last_activity_at = now()
  where p.id = v_user_id and p.deleted_at is null;
  if not found then
    perform private.require_present(v_user_id);   -- says what is wrong
  end if;
  insert into public.user_activity_logs (
    user_id, activity_type, activity_data, ip_address, user_agent
  )
  values (
    v_user_id, p_activity_type, p_activity_data, private.request_ip(),
    left(private.request_header('user-agent'), 1000)
  );
end;
$$;
grant execute on function private.log_activity(text, jsonb) to authenticated;

-- sql/platform/admin/functions/log_admin_action.sql

-- Writes down what the calling admin does, in the transaction that does it.
create function private.log_admin_action(
  p_action text,
  p_target_type text,
  p_target_id uuid,
  p_details jsonb
)
returns void
language plpgsql
set search_path = ''
as $$
begin
  insert into public.admin_logs (
    admin_user_id, action, target_type, target_id, details, ip_address, user_agent
  )
  values (
    private.user_id(), p_action, p_target_type, p_target_id, jsonb_strip_nulls(p_details),
    private.request_ip(), left(private.request_header('user-agent'), 1000)
  );
end;
$$;

-- sql/platform/admin/functions/refuse_missing_user.sql

create function private.refuse_missing_user(p_user_id uuid)
returns void
language plpgsql
immutable
set search_path = ''
as $$
begin
  raise exception using
    errcode = 'PT404', message = 'user_not_found',
    detail = format('There is no user %s.', coalesce(p_user_id::text, 'null')),
    hint = 'Send the id of a profile.';
end;
$$;

-- sql/platform/admin/functions/request_header.sql

-- A header of the request that PostgREST serves, by its lower-case name; null
-- outside of one.
create function private.request_header(p_name text)
returns text
language sql
stable
set search_path = ''
as $$
  select nullif(current_setting('request.headers', true), '')::jsonb ->> p_name;
$$;

-- sql/platform/admin/functions/request_ip.sql

-- The caller's address as the gateway tells it, or null when it is none.
create function private.request_ip()
returns inet
language plpgsql
stable
set search_path = ''
as $$
begin
  return btrim(split_part(
    coalesce(private.request_header('x-forwarded-for'), private.request_header('x-real-ip')), ',', 1
  ))::inet;
exception when invalid_text_representation then
  return null;
end;
$$;

-- sql/platform/admin/functions/require_admin.sql

-- The calling admin's id, or PT403 admin_only.
create function private.require_admin()
returns uuid
language plpgsql
stable
set search_path = ''
as $$
begin
  if not private.is_admin() then
    raise exception using
      errcode = 'PT403', message = 'admin_only',
      detail = 'The caller is no active administrator.',
      hint = 'Ask an administrator.';
  end if;
  return private.user_id();
end;
$$;

-- sql/platform/identity/api/delete_my_account.sql

create function public.delete_my_account()
returns void
language sql
security invoker
set search_path = ''
begin atomic
  select private.delete_my_account();
end;
grant execute on function public.delete_my_account() to authenticated;
comment on function public.delete_my_account() is
  'The caller leaves for good: jobs are cancelled, holds released, personal data and files removed; the ledger''s numbers stay. Errors: PT403 not_signed_in.';

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

-- sql/platform/identity/api/export_my_data.sql

create function public.export_my_data()
returns jsonb
language sql
stable
security invoker
set search_path = ''
begin atomic
  select private.export_my_data();
end;
grant execute on function public.export_my_data() to authenticated;
comment on function public.export_my_data() is
  'Everything the caller owns: an object of "schema.table" to rows. Errors: PT403 not_signed_in.';

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

-- sql/platform/billing/checkouts/api/attach_checkout.sql

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

-- sql/platform/billing/checkouts/api/create_checkout.sql

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

-- sql/platform/billing/inbox/api/record_webhook_event.sql

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

-- sql/platform/billing/inbox/api/replay_webhook_event.sql

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

-- sql/platform/billing/versions/api/record_fetched_object.sql

create function public.record_fetched_object(
  p_source text,
  p_object jsonb,
  p_fetched_at timestamptz default null
)
returns text
language sql
security invoker
set search_path = ''
begin atomic
  select private.record_fetched_object(p_source, p_object, p_fetched_at);
end;
grant execute on function public.record_fetched_object(text, jsonb, timestamptz) to service_role;
comment on function public.record_fetched_object(text, jsonb, timestamptz) is
  'Stores an object that was fetched from stripe or whop (p_object has object and id; an invoice all its lines) and applies it. p_fetched_at: when the request was sent; by default when stale_billing_objects named it. Returns unchanged (it says nothing new), early (newer than that is known: fetch it again later), or the status of its event: applied, waiting, failed. Errors: PT400 source_unknown, event_invalid.';

-- sql/platform/billing/versions/api/stale_billing_objects.sql

create function public.stale_billing_objects(p_limit integer default 100)
returns table (source text, type text, id text, stale_since timestamptz)
language sql
security invoker
set search_path = ''
begin atomic
  select s.source, s.type, s.id, s.stale_since from private.stale_billing_objects(p_limit) as s;
end;
grant execute on function public.stale_billing_objects(integer) to service_role;
comment on function public.stale_billing_objects(integer) is
  'The objects whose stored versions do not decide what they are now, to be fetched from their sender and handed to record_fetched_object; they are marked as asked for. Errors: PT400 limit_invalid.';

-- sql/platform/admin/api/admin_adjust_credits.sql

create function public.admin_adjust_credits(
  p_user_id uuid,
  p_amount integer,
  p_reason text,
  p_idempotency_key text
)
returns public.credit_transactions
language sql
security invoker
set search_path = ''
begin atomic
  select private.admin_adjust_credits(p_user_id, p_amount, p_reason, p_idempotency_key);
end;
grant execute on function public.admin_adjust_credits(uuid, integer, text, text) to authenticated;
comment on function public.admin_adjust_credits(uuid, integer, text, text) is
  'An admin gives (positive) or takes (negative) whole credits and returns the transaction; it is written to admin_logs. Errors: PT403 admin_only; PT400 amount_invalid, argument_missing, argument_too_long; PT404 account_not_found; PT409 idempotency_key_reused.';

-- sql/platform/admin/api/admin_open_events.sql

create function public.admin_open_events(p_limit integer default 100)
returns table (
  id uuid, source text, external_id text, event_type text, object_type text, object_id text, status text,
  waiting_for text, error text, attempts integer, next_attempt_at timestamptz, received_at timestamptz
)
language sql
security invoker
set search_path = ''
begin atomic
  select
    e.id, e.source, e.external_id, e.event_type, e.object_type, e.object_id, e.status, e.waiting_for,
    e.error, e.attempts, e.next_attempt_at, e.received_at
  from private.admin_open_events(p_limit) as e;
end;
grant execute on function public.admin_open_events(integer) to authenticated;
comment on function public.admin_open_events(integer) is
  'Webhook events that wait for something or failed, those without a next attempt first; admin_replay_event tries one again. Errors: PT403 admin_only; PT400 limit_invalid.';

-- sql/platform/admin/api/admin_refund_usage.sql

create function public.admin_refund_usage(
  p_transaction_id uuid,
  p_user_id uuid,
  p_amount integer default null,
  p_reason text default null
)
returns public.credit_transactions
language sql
security invoker
set search_path = ''
begin atomic
  select private.admin_refund_usage(p_transaction_id, p_user_id, p_amount, p_reason);
end;
grant execute on function public.admin_refund_usage(uuid, uuid, integer, text) to authenticated;
comment on function public.admin_refund_usage(uuid, uuid, integer, text) is
  'An admin gives back what a usage cost (null: all), once, and returns the transaction. Errors: PT403 admin_only; PT400 amount_invalid, argument_missing, argument_too_long; PT404 transaction_not_found; PT409 idempotency_key_reused.';

-- sql/platform/admin/api/admin_replay_event.sql

create function public.admin_replay_event(
  p_event_id uuid
)
returns public.webhook_events
language sql
security invoker
set search_path = ''
begin atomic
  select private.admin_replay_event(p_event_id);
end;
grant execute on function public.admin_replay_event(uuid) to authenticated;
comment on function public.admin_replay_event(uuid) is
  'An admin applies a stored webhook event again and returns its row. Errors: PT403 admin_only; PT404 event_not_found.';

-- sql/platform/admin/api/admin_set_active.sql

create function public.admin_set_active(
  p_user_id uuid,
  p_is_active boolean,
  p_reason text
)
returns public.profiles
language sql
security invoker
set search_path = ''
begin atomic
  select private.admin_set_active(p_user_id, p_is_active, p_reason);
end;
grant execute on function public.admin_set_active(uuid, boolean, text) to authenticated;
comment on function public.admin_set_active(uuid, boolean, text) is
  'An admin suspends a user or lets them in again and returns the profile. Errors: PT403 admin_only; PT400 argument_missing, argument_too_long; PT404 user_not_found.';

-- sql/platform/admin/api/admin_set_role.sql

create function public.admin_set_role(
  p_user_id uuid,
  p_role text,
  p_reason text
)
returns public.profiles
language sql
security invoker
set search_path = ''
begin atomic
  select private.admin_set_role(p_user_id, p_role, p_reason);
end;
grant execute on function public.admin_set_role(uuid, text, text) to authenticated;
comment on function public.admin_set_role(uuid, text, text) is
  'An admin makes another user an admin or takes it from them and returns the profile. Errors: PT403 admin_only; PT400 role_invalid, argument_missing, argument_too_long; PT404 user_not_found.';

-- sql/platform/admin/api/log_activity.sql

create function public.log_activity(
  p_activity_type text,
  p_activity_data jsonb default null
)
returns void
language sql
security invoker
set search_path = ''
begin atomic
  select private.log_activity(p_activity_type, p_activity_data);
end;
grant execute on function public.log_activity(text, jsonb) to authenticated;
comment on function public.log_activity(text, jsonb) is
  'Notes what the caller does in a front end, with address and agent of the request. Errors: PT403 not_signed_in, profile_missing; PT400 argument_missing, argument_too_long, metadata_invalid.';

-- sql/platform/identity/policies.sql

grant select on public.profiles to authenticated;
-- A front end upserts its user's profile, so the key is granted too and held by
-- the policies.
grant insert (id, username, full_name, first_name, last_name, company, phone, avatar_url)
  on public.profiles to authenticated;
grant update (id, username, full_name, first_name, last_name, company, phone, avatar_url, last_activity_at)
  on public.profiles to authenticated;
grant select, insert, update on public.profiles to service_role;

create policy "Users read their own profile and admins read all"
  on public.profiles for select to authenticated
  using (id between (select private.visible_from()) and (select private.visible_to()));

create policy "Users insert their own profile"
  on public.profiles for insert to authenticated
  with check (id = (select private.user_id()));

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

grant select on public.shared_files to authenticated, service_role;

create policy "Signed-in users read what is shared with them all"
  on public.shared_files for select to authenticated
  using ((select private.user_id()) is not null);

-- The first folder of a name is its owner. Results are written by the service alone,
-- and read once they are delivered, or when their owner shared them.
create policy "Tallybase: users read their files and shared results"
  on storage.objects for select to authenticated
  using (
    (
      split_part(name, '/', 1) = (select private.user_id())::text
      and (bucket_id = 'uploads' or (bucket_id = 'results' and (select private.is_delivered(name))))
    )
    or exists (
      select 1
      from public.shared_files as s
      where s.bucket_id = objects.bucket_id and s.name = objects.name
    )
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

-- sql/platform/billing/catalogue/policies.sql

grant select on public.credit_packages to anon, authenticated, service_role;
grant select on public.products to anon, authenticated, service_role;
grant select on public.prices to anon, authenticated, service_role;
grant select on public.plans to anon, authenticated, service_role;

create policy "Everyone reads the packages for sale"
  on public.credit_packages for select to anon, authenticated
  using (is_active);

create policy "Everyone reads the products for sale"
  on public.products for select to anon, authenticated
  using (active);

create policy "Everyone reads the prices for sale"
  on public.prices for select to anon, authenticated
  using (active);

create policy "Everyone reads the plans for sale"
  on public.plans for select to anon
  using (is_active);

-- A plan that is sold no more is still what some subscriptions are on.
create policy "Users read the plans for sale and their own, admins read all"
  on public.plans for select to authenticated
  using (
    is_active
    or id = any (
      array(select s.plan_id from public.subscriptions as s where s.user_id = (select private.user_id()))
    )
    or (select private.is_admin())
  );

-- sql/platform/billing/checkouts/policies.sql

grant select on public.checkouts to authenticated, service_role;

create policy "Users read their own checkouts and admins read all"
  on public.checkouts for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));

-- sql/platform/billing/customers/policies.sql

grant select on public.customers to authenticated, service_role;

create policy "Users read their own customer row and admins read all"
  on public.customers for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));

-- sql/platform/billing/inbox/policies.sql

grant select on public.webhook_events to authenticated, service_role;

create policy "Admins read the inbox"
  on public.webhook_events for select to authenticated
  using ((select private.is_admin()));

-- sql/platform/billing/invoices/policies.sql

grant select on public.invoices to authenticated, service_role;

create policy "Users read their own invoices and admins read all"
  on public.invoices for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));

-- sql/platform/billing/payments/policies.sql

grant select on public.payments to authenticated, service_role;
grant select on public.refunds to authenticated, service_role;
grant select on public.disputes to authenticated, service_role;

create policy "Users read their own payments and admins read all"
  on public.payments for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));

create policy "Users read their own refunds and admins read all"
  on public.refunds for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));

create policy "Users read their own disputes and admins read all"
  on public.disputes for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));

-- sql/platform/billing/subscriptions/policies.sql

grant select on public.subscriptions to authenticated, service_role;
grant select on public.subscription_history to authenticated, service_role;

create policy "Users read their own subscriptions and admins read all"
  on public.subscriptions for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));

create policy "Users read their own subscription history and admins read all"
  on public.subscription_history for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));

-- sql/platform/email/policies.sql

grant select, insert, update, delete on public.email_templates to authenticated, service_role;
grant select, insert, update, delete on public.email_campaigns to authenticated, service_role;
grant select on public.email_logs to authenticated;
grant select, insert, update on public.email_logs to service_role;

create policy "Admins read email templates"
  on public.email_templates for select to authenticated using ((select private.is_admin()));
create policy "Admins write email templates"
  on public.email_templates for insert to authenticated with check ((select private.is_admin()));
create policy "Admins change email templates"
  on public.email_templates for update to authenticated
  using ((select private.is_admin())) with check ((select private.is_admin()));
create policy "Admins delete email templates"
  on public.email_templates for delete to authenticated using ((select private.is_admin()));

create policy "Admins read email campaigns"
  on public.email_campaigns for select to authenticated using ((select private.is_admin()));
create policy "Admins write email campaigns"
  on public.email_campaigns for insert to authenticated with check ((select private.is_admin()));
create policy "Admins change email campaigns"
  on public.email_campaigns for update to authenticated
  using ((select private.is_admin())) with check ((select private.is_admin()));
create policy "Admins delete email campaigns"
  on public.email_campaigns for delete to authenticated using ((select private.is_admin()));

create policy "Users read the emails they got and admins read all"
  on public.email_logs for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));

-- sql/platform/admin/policies.sql

grant select on public.admin_logs to authenticated, service_role;
grant select on public.system_metrics to authenticated;
grant select, insert on public.system_metrics to service_role;
grant select on public.user_activity_logs to authenticated, service_role;

create policy "Admins read what admins did"
  on public.admin_logs for select to authenticated
  using ((select private.is_admin()));

create policy "Admins read measurements"
  on public.system_metrics for select to authenticated
  using ((select private.is_admin()));

create policy "Users read their own activity and admins read all"
  on public.user_activity_logs for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));

-- sql/platform/identity/triggers.sql

create trigger fill_profile
  before insert on public.profiles
  for each row execute function private.fill_profile();
create trigger open_account
  after insert on public.profiles
  for each row execute function private.open_account();

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

-- sql/platform/billing/catalogue/triggers.sql

create trigger set_updated_at
  before update on public.credit_packages
  for each row execute function private.set_updated_at();
create trigger set_updated_at
  before update on public.products
  for each row execute function private.set_updated_at();
create trigger set_updated_at
  before update on public.prices
  for each row execute function private.set_updated_at();
create trigger set_updated_at
  before update on public.plans
  for each row execute function private.set_updated_at();
create trigger wake_what_waits
  after insert or update of code, price_id on public.plans
  for each row execute function private.wake_for_plan();
create trigger wake_what_waits
  after insert or update of code on public.credit_packages
  for each row execute function private.wake_for_plan();
create trigger wake_what_waits
  after insert or update on private.price_links
  for each row execute function private.wake_for_plan();

-- sql/platform/billing/checkouts/triggers.sql

create trigger set_updated_at
  before update on public.checkouts
  for each row execute function private.set_updated_at();

-- sql/platform/billing/customers/triggers.sql

create trigger set_updated_at
  before update on public.customers
  for each row execute function private.set_updated_at();

-- sql/platform/billing/invoices/triggers.sql

create trigger set_updated_at
  before update on public.invoices
  for each row execute function private.set_updated_at();

-- sql/platform/billing/payments/triggers.sql

create trigger set_updated_at
  before update on public.refunds
  for each row execute function private.set_updated_at();
create trigger set_updated_at
  before update on public.disputes
  for each row execute function private.set_updated_at();

-- sql/platform/billing/subscriptions/triggers.sql

create trigger set_updated_at
  before update on public.subscriptions
  for each row execute function private.set_updated_at();

-- sql/platform/email/triggers.sql

create trigger set_updated_at
  before update on public.email_templates
  for each row execute function private.set_updated_at();

-- sql/platform/admin/triggers.sql

create trigger admin_logs_are_append_only
  before update or delete on public.admin_logs
  for each row execute function private.refuse_ledger_change();
create trigger admin_logs_are_not_truncated
  before truncate on public.admin_logs
  for each statement execute function private.refuse_ledger_change();

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

-- sql/platform/billing/inbox/cron.sql

select cron.schedule(
  'billing: retry webhook events', '* * * * *',
  private.sweep_command('private.due_webhook_events()', 'private.retry_webhook_event')
);
select cron.schedule(
  'billing: purge payloads', '23 4 * * *', 'select private.purge_webhook_payloads()'
);

-- sql/platform/billing/payments/cron.sql

select cron.schedule(
  'billing: grant by the month', '*/5 * * * *',
  private.sweep_command('private.due_payment_grants()', 'private.post_due_grants')
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

-- sql/platform/billing/catalogue/seed.sql

insert into public.credit_packages (code, name, description, credits, unit_amount, currency, sort_order)
values
  ('starter', 'Starter', '100 credits', 100, 999, 'usd', 1),
  ('creator', 'Creator', '500 credits', 500, 3999, 'usd', 2),
  ('pro', 'Pro', '1500 credits', 1500, 9999, 'usd', 3),
  ('enterprise', 'Enterprise', '5000 credits', 5000, 29999, 'usd', 4)
on conflict (code) do nothing;

insert into public.plans (code, name, description, unit_amount, credits_per_period, monthly_limit, sort_order)
values
  ('free', 'Free', 'To try it', 0, 0, 10, 1),
  ('basic', 'Basic', '20 credits a month', 999, 20, 50, 2),
  ('starter', 'Starter', '60 credits a month', 2499, 60, 150, 3),
  ('pro', 'Pro', '200 credits a month', 4999, 200, 500, 4)
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
-- For spans of time over all users. Not a btree: one in the order of time tempts the
-- planner, which cannot see how few rows a policy leaves, into reading everybody's
-- newest rows until a user has their twenty.
create index images_created_at_idx on editor.images using brin (created_at);
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
create index image_operations_created_at_idx on editor.image_operations using brin (created_at);
comment on table editor.image_operations is
  'Inserting a row is the request: it is priced, its credits are held and its job is enqueued in the same transaction.';
comment on column editor.image_operations.user_id is 'The image''s user, whatever the caller sends.';
comment on column editor.image_operations.input_data is
  'upscale: {factor 2|4}; generate: {prompt, width, height}; all but generate: {source original|processed}.';
comment on column editor.image_operations.processing_time is 'Seconds.';
comment on column editor.image_operations.api_cost is 'What the provider charged us, in the currency of api_costs.';

alter table editor.images enable row level security;
alter table editor.image_operations enable row level security;

-- sql/editor/collections.sql

create table editor.image_collections (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null default private.user_id() references public.profiles (id),
  name text not null,
  description text,
  is_public boolean default false,
  created_at timestamptz default now(),
  updated_at timestamptz default now(),
  constraint "collection texts are bounded" check (
    char_length(name) between 1 and 200 and char_length(description) <= 2000
  )
);
create index image_collections_user_id_idx on editor.image_collections (user_id, created_at desc);
create index image_collections_is_public_idx on editor.image_collections (created_at desc)
  where is_public;
comment on table editor.image_collections is
  'A user''s pictures under one name. A public one is seen by everyone signed in, with its images'' finished results (editor.public_collection) and nothing else.';

create table editor.image_collection_items (
  id uuid primary key default gen_random_uuid(),
  collection_id uuid not null references editor.image_collections (id) on delete cascade,
  image_id uuid not null references editor.images (id) on delete cascade,
  user_id uuid not null references public.profiles (id),
  added_at timestamptz default now(),
  constraint "an image is in a collection once" unique (collection_id, image_id)
);
create index image_collection_items_collection_id_idx
  on editor.image_collection_items (collection_id, added_at desc);
create index image_collection_items_image_id_idx on editor.image_collection_items (image_id);
create index image_collection_items_user_id_idx on editor.image_collection_items (user_id, added_at desc);
comment on table editor.image_collection_items is
  'Which images are in which collection; both belong to one user.';
comment on column editor.image_collection_items.user_id is 'The collection''s user, whatever the caller sends.';

alter table editor.image_collections enable row level security;
alter table editor.image_collection_items enable row level security;

-- sql/editor/views.sql

-- The document's words for what the platform owns. Each has one table in FROM, so
-- that it can be written where the base table's grants let its user write.
create view editor.profiles with (security_invoker = true) as
select
  p.id,
  p.email,
  p.first_name,
  p.last_name,
  p.company,
  p.phone,
  p.avatar_url,
  p.is_active,
  p.role = 'admin' as is_admin,
  -- The document knows three plans and an end: what is paid and more than basic is starter.
  coalesce(
    (
      select case pl.code when 'free' then 'free' when 'basic' then 'basic' else 'starter' end
      from public.subscriptions as s
      join public.plans as pl on pl.id = s.plan_id
      where s.user_id = p.id and s.status in ('trialing', 'active', 'past_due')
      order by s.current_period_end desc, s.id
      limit 1
    ),
    (
      select 'cancelled'
      from public.subscriptions as s
      where s.user_id = p.id and s.status in ('canceled', 'unpaid', 'paused')
      limit 1
    ),
    'free'
  ) as subscription_status,
  coalesce(
    (
      select pl.code
      from public.subscriptions as s
      join public.plans as pl on pl.id = s.plan_id
      where s.user_id = p.id and s.status in ('trialing', 'active', 'past_due')
      order by s.current_period_end desc, s.id
      limit 1
    ),
    'free'
  ) as subscription_plan,
  (select c.stripe_customer_id from public.customers as c where c.user_id = p.id) as stripe_customer_id,
  (
    select s.id
    from public.subscriptions as s
    where s.user_id = p.id and s.source = 'stripe'
    order by s.status in ('trialing', 'active', 'past_due') desc, s.current_period_end desc, s.id
    limit 1
  ) as stripe_subscription_id,
  coalesce((select a.balance from public.credit_accounts as a where a.user_id = p.id), 0)
    as credits_remaining,
  coalesce(
    (select least(a.total_purchased, 2147483647)::integer from public.credit_accounts as a where a.user_id = p.id),
    0
  ) as total_credits_purchased,
  coalesce(
    (select least(a.total_used, 2147483647)::integer from public.credit_accounts as a where a.user_id = p.id),
    0
  ) as total_credits_used,
  p.last_activity_at,
  p.created_at,
  p.updated_at
from public.profiles as p;
comment on view editor.profiles is
  'public.profiles as the editor''s document has it; credits_remaining is what can be spent now. Users write their names, company, phone and avatar.';

create view editor.subscription_plans with (security_invoker = true) as
select
  p.id,
  p.name,
  p.price_id as stripe_price_id,
  p.description,
  (p.unit_amount / 100.0)::numeric(10, 2) as monthly_price,
  p.credits_per_period as credits_per_month,
  p.features,
  p.is_active,
  p.sort_order,
  p.created_at,
  p.updated_at
from public.plans as p;
comment on view editor.subscription_plans is 'public.plans; monthly_price is in whole units (dollars).';

create view editor.pay_as_you_go_packages with (security_invoker = true) as
select
  p.id,
  p.name,
  p.stripe_price_id,
  p.credits,
  (p.unit_amount / 100.0)::numeric(10, 2) as price,
  p.description,
  p.is_active,
  p.sort_order,
  p.created_at,
  p.updated_at
from public.credit_packages as p;
comment on view editor.pay_as_you_go_packages is 'public.credit_packages; price is in whole units (dollars).';

create view editor.credit_transactions with (security_invoker = true) as
select
  t.id,
  t.user_id,
  case
    when t.transaction_type in ('purchase', 'usage', 'refund', 'bonus', 'expiration') then t.transaction_type
    -- A month that was granted too late, after the subscription's end, is undone.
    when t.transaction_type = 'monthly_reset' and t.amount < 0 then 'expiration'
    when t.transaction_type = 'monthly_reset' then 'purchase'
    when t.transaction_type = 'trial_grant' then 'bonus'
    when t.transaction_type = 'chargeback' then 'refund'
    when t.transaction_type = 'adjustment' and t.amount > 0 then 'bonus'
    when t.transaction_type = 'adjustment' then 'expiration'
  end as transaction_type,
  t.amount,
  t.balance_before,
  t.balance_after,
  t.description,
  t.metadata,
  coalesce(
    t.metadata ->> 'stripe_payment_intent_id',
    case when t.cause_type = 'stripe_payment' and t.cause_id like 'pi\_%' then t.cause_id end
  ) as stripe_payment_intent_id,
  case
    when pg_input_is_valid(coalesce(t.metadata ->> 'subscription_plan_id', t.metadata ->> 'plan_id'), 'uuid')
      then coalesce(t.metadata ->> 'subscription_plan_id', t.metadata ->> 'plan_id')::uuid
  end as subscription_plan_id,
  case
    when pg_input_is_valid(coalesce(t.metadata ->> 'pay_as_you_go_package_id', t.metadata ->> 'package_id'), 'uuid')
      then coalesce(t.metadata ->> 'pay_as_you_go_package_id', t.metadata ->> 'package_id')::uuid
  end as pay_as_you_go_package_id,
  t.expires_at,
  t.created_at
from public.credit_transactions as t;
comment on view editor.credit_transactions is
  'The ledger in the document''s words. balance_before and balance_after are what could be spent and what was held, and never negative.';

create view editor.subscription_history with (security_invoker = true) as
select
  h.id,
  h.user_id,
  h.plan_id as subscription_plan_id,
  (
    select s.id from public.subscriptions as s where s.id = h.subscription_id and s.source = 'stripe'
  ) as stripe_subscription_id,
  case
    when h.status in ('active', 'trialing') then 'active'
    when h.status = 'past_due' then 'past_due'
    when h.status in ('canceled', 'cancelled', 'incomplete_expired') then 'cancelled'
    else 'unpaid'
  end as status,
  h.started_at,
  h.ended_at,
  h.canceled_at as cancelled_at,
  h.created_at
from public.subscription_history as h;
comment on view editor.subscription_history is 'The states a user''s subscriptions were in, in the document''s words.';

create view editor.api_costs with (security_invoker = true) as
select
  c.id, c.api_provider, c.operation_type, c.cost_per_operation, c.currency, c.effective_date, c.is_active,
  c.created_at
from public.api_costs as c;
comment on view editor.api_costs is 'public.api_costs; admins read it.';

create view editor.api_usage_logs with (security_invoker = true) as
select
  l.id, l.user_id, l.api_provider, l.operation_type, l.request_data, l.response_data, l.status_code,
  l.response_time, l.cost, l.error_message, l.created_at
from public.api_usage_logs as l;
comment on view editor.api_usage_logs is 'public.api_usage_logs; admins read it. response_time is in seconds.';

create view editor.admin_logs with (security_invoker = true) as
select
  l.id, l.admin_user_id, l.action, l.target_type, l.target_id, l.details, l.ip_address, l.user_agent,
  l.created_at
from public.admin_logs as l;
comment on view editor.admin_logs is 'public.admin_logs; admins read it, the admin functions write it.';

create view editor.system_metrics with (security_invoker = true) as
select m.id, m.metric_name, m.metric_value, m.metric_unit, m.tags, m.recorded_at
from public.system_metrics as m;
comment on view editor.system_metrics is 'public.system_metrics; admins read it, the service writes it.';

create view editor.user_activity_logs with (security_invoker = true) as
select
  l.id, l.user_id, l.activity_type, l.activity_data, l.ip_address, l.user_agent, l.created_at
from public.user_activity_logs as l;
comment on view editor.user_activity_logs is
  'public.user_activity_logs; users read their own, public.log_activity() writes it.';

create view editor.email_templates with (security_invoker = true) as
select
  t.id, t.name, t.subject, t.html_content, t.text_content, t.sendgrid_template_id, t.is_active,
  t.created_at, t.updated_at
from public.email_templates as t;
comment on view editor.email_templates is 'public.email_templates; admins write it.';

create view editor.email_campaigns with (security_invoker = true) as
select
  c.id, c.name, c.template_id, c.target_audience, c.status, c.scheduled_at, c.sent_at, c.created_at
from public.email_campaigns as c;
comment on view editor.email_campaigns is 'public.email_campaigns; admins write it.';

create view editor.email_logs with (security_invoker = true) as
select
  l.id, l.user_id, l.template_id, l.campaign_id, l.sendgrid_message_id, l.status, l.sent_at,
  l.delivered_at, l.opened_at, l.clicked_at
from public.email_logs as l;
comment on view editor.email_logs is 'public.email_logs; users read the emails they got, the service writes it.';

-- sql/editor/analytics.sql

-- For admins alone: an ordinary user, whose own rows RLS would show here, gets
-- nothing, and nothing is computed for them.
create view editor.user_analytics with (security_invoker = true) as
select
  p.id,
  p.email,
  p.subscription_status,
  p.credits_remaining,
  p.total_credits_purchased,
  p.total_credits_used,
  i.total_images,
  i.completed_images,
  i.failed_images,
  i.last_image_created,
  p.created_at as user_created_at
from editor.profiles as p
cross join lateral (
  select
    count(*) as total_images,
    count(*) filter (where i.processing_status = 'completed') as completed_images,
    count(*) filter (where i.processing_status = 'failed') as failed_images,
    max(i.created_at) as last_image_created
  from editor.images as i
  where i.user_id = p.id
) as i
where (select private.is_admin()) or current_user = 'service_role';
comment on view editor.user_analytics is 'Each user''s plan, credits and images. For admins.';

create view editor.revenue_analytics with (security_invoker = true) as
select
  date_trunc('month', t.created_at, 'UTC') as month,
  t.transaction_type,
  count(*) as transaction_count,
  sum(t.amount) as total_credits,
  count(t.stripe_payment_intent_id) as paid_transactions
from editor.credit_transactions as t
where
  t.transaction_type = 'purchase'
  and ((select private.is_admin()) or current_user = 'service_role')
group by 1, 2;
comment on view editor.revenue_analytics is
  'Credits sold a month (UTC), and how many of the sales have a payment of Stripe. For admins.';

-- sql/editor/functions/editor_add_items.sql

-- Images that came into public collections share their results.
create function private.editor_add_items()
returns trigger
language plpgsql
security definer            -- shared files are not the caller's to write
set search_path = ''
as $$
begin
  perform private.editor_share_items(array(
    select t.id
    from inserted as t
    join editor.image_collections as c on c.id = t.collection_id
    where c.is_public
  ));
  return null;
end;
$$;

-- sql/editor/functions/editor_add_user_credits.sql

-- The document's way to give credits. A purchase that names its payment of Stripe is
-- booked under that payment's key, as the webhook books it: one payment grants once,
-- whoever is first.
create function private.editor_add_user_credits(
  p_user_id uuid,
  p_amount integer,
  p_transaction_type text,
  p_description text,
  p_metadata jsonb
)
returns integer
language plpgsql
security definer            -- the account is not the caller's to write
set search_path = ''
as $$
declare
  v_admin_id uuid := private.editor_credit_caller();
  v_payment text;
  v_row public.credit_transactions;
begin
  if p_transaction_type is null or p_transaction_type not in ('purchase', 'refund', 'bonus') then
    raise exception using
      errcode = 'PT400', message = 'transaction_type_invalid',
      detail = format('"%s" does not add credits.', left(p_transaction_type, 100)),
      hint = 'Use purchase, refund or bonus.';
  end if;
  if p_transaction_type = 'purchase' then
    v_payment := left(nullif(p_metadata ->> 'stripe_payment_intent_id', ''), 240);
  end if;
  v_row := private.grant_credits(
    p_user_id, p_amount, p_transaction_type, p_description, p_metadata,
    coalesce('stripe:payment:' || v_payment, p_metadata ->> 'idempotency_key'),
    p_cause_type => case when v_payment is not null then 'stripe_payment' end,
    p_cause_id => v_payment,
    p_actor_id => v_admin_id
  );
  if v_admin_id is not null then
    perform private.log_admin_action(
      'add_user_credits', 'user', p_user_id,
      jsonb_build_object(
        'amount', p_amount, 'transaction_type', p_transaction_type, 'reason', p_description,
        'transaction_id', v_row.id
      )
    );
  end if;
  return (select a.balance from public.credit_accounts as a where a.user_id = p_user_id);
end;
$$;
grant execute on function private.editor_add_user_credits(uuid, integer, text, text, jsonb)
  to authenticated, service_role;

-- sql/editor/functions/editor_change_collections.sql

-- Collections that became public share their images' results; those that are no
-- longer stop.
create function private.editor_change_collections()
returns trigger
language plpgsql
security definer            -- shared files are not the caller's to write
set search_path = ''
as $$
begin
  perform private.editor_share_items(array(
    select t.id
    from was
    join became on became.id = was.id
    join editor.image_collection_items as t on t.collection_id = became.id
    where was.is_public is distinct from became.is_public
  ));
  return null;
end;
$$;

-- sql/editor/functions/editor_change_results.sql

-- An image with new results: what its items in public collections share follows.
-- Most images are in none and pay one look for it.
create function private.editor_change_results()
returns trigger
language plpgsql
security definer            -- shared files are not the caller's to write
set search_path = ''
as $$
declare
  v_item_ids uuid[] := array(
    select t.id
    from editor.image_collection_items as t
    join editor.image_collections as c on c.id = t.collection_id
    where t.image_id = new.id and c.is_public
  );
begin
  if cardinality(v_item_ids) > 0 then
    perform private.editor_share_items(v_item_ids);
  end if;
  return null;
end;
$$;

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

-- sql/editor/functions/editor_credit_caller.sql

-- Who moves credits by the document's functions: null for the service, else the
-- calling admin's id, or PT403 admin_only. The role is the request's: inside of a
-- definer it is not current_user.
create function private.editor_credit_caller()
returns uuid
language plpgsql
stable
set search_path = ''
as $$
begin
  if current_setting('role', true) = 'service_role' then
    return null;
  end if;
  return private.require_admin();
end;
$$;

-- sql/editor/functions/editor_deduct_user_credits.sql

-- The document's way to take credits for work that is done.
create function private.editor_deduct_user_credits(
  p_user_id uuid,
  p_amount integer,
  p_transaction_type text,
  p_description text,
  p_metadata jsonb
)
returns integer
language plpgsql
security definer            -- the account is not the caller's to write
set search_path = ''
as $$
declare
  v_admin_id uuid := private.editor_credit_caller();
  v_row public.credit_transactions;
begin
  if p_transaction_type is distinct from 'usage' then
    raise exception using
      errcode = 'PT400', message = 'transaction_type_invalid',
      detail = format('"%s" does not take credits.', left(p_transaction_type, 100)),
      hint = 'Use usage: credits expire by themselves, and refunds of money take theirs by webhook.';
  end if;
  v_row := private.spend_credits(
    p_user_id, p_amount, p_description, p_metadata, p_metadata ->> 'idempotency_key'
  );
  if v_admin_id is not null then
    perform private.log_admin_action(
      'deduct_user_credits', 'user', p_user_id,
      jsonb_build_object('amount', p_amount, 'reason', p_description, 'transaction_id', v_row.id)
    );
  end if;
  return (select a.balance from public.credit_accounts as a where a.user_id = p_user_id);
end;
$$;
grant execute on function private.editor_deduct_user_credits(uuid, integer, text, text, jsonb)
  to authenticated, service_role;

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

-- sql/editor/functions/editor_drop_items.sql

-- Images that left a collection, or went with it, share nothing because of it.
create function private.editor_drop_items()
returns trigger
language plpgsql
security definer            -- shared files are not the caller's to write
set search_path = ''
as $$
begin
  perform private.editor_unshare_items(array(select d.id from dropped as d));
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

-- sql/editor/functions/editor_export_user.sql

-- Everything that the editor keeps of a user, table to rows.
create function private.editor_export_user(p_user_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'editor.images', (
      select coalesce(jsonb_agg(to_jsonb(i) order by i.created_at, i.id), '[]'::jsonb)
      from editor.images as i where i.user_id = p_user_id
    ),
    'editor.image_operations', (
      select coalesce(jsonb_agg(to_jsonb(o) order by o.created_at, o.id), '[]'::jsonb)
      from editor.image_operations as o where o.user_id = p_user_id
    ),
    'editor.image_collections', (
      select coalesce(jsonb_agg(to_jsonb(c) order by c.created_at, c.id), '[]'::jsonb)
      from editor.image_collections as c where c.user_id = p_user_id
    ),
    'editor.image_collection_items', (
      select coalesce(jsonb_agg(to_jsonb(t) order by t.added_at, t.id), '[]'::jsonb)
      from editor.image_collection_items as t where t.user_id = p_user_id
    )
  );
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

-- sql/editor/functions/editor_keep_item.sql

-- An item names one image in one collection as long as it lasts, so an upsert that
-- says the same again changes nothing.
create function private.editor_keep_item()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if (new.collection_id, new.image_id) is distinct from (old.collection_id, old.image_id) then
    raise exception using
      errcode = 'PT422', message = 'item_is_fixed',
      detail = 'An item keeps its collection and its image.',
      hint = 'Delete it and insert another.';
  end if;
  new.id := old.id;
  new.user_id := old.user_id;
  return new;
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

-- sql/editor/functions/editor_prepare_collection.sql

-- A collection belongs to who inserts it. Somebody else's is refused by the policy, whether
-- that user exists or not.
create function private.editor_prepare_collection()
returns trigger
language plpgsql
security definer            -- locks the user's profile
set search_path = ''
as $$
begin
  if private.jwt_sub() is null or new.user_id is not distinct from private.user_id() then
    perform private.require_present(new.user_id);
  end if;
  return new;
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

-- sql/editor/functions/editor_prepare_item.sql

-- A collection holds images of its own user, and only they put them in. The
-- collection stays as public as it is until this commits: the item's results are
-- shared, or not, by what is true then.
create function private.editor_prepare_item()
returns trigger
language plpgsql
security definer            -- looks collection and image up whatever the caller sees
set search_path = ''
as $$
declare
  v_caller uuid := private.user_id();
  v_owner uuid;
  v_collection editor.image_collections;
begin
  select c.user_id into v_owner
  from editor.image_collections as c
  where c.id = new.collection_id;
  if found and (private.jwt_sub() is null or v_owner = v_caller) then
    perform private.require_present(v_owner);
    select * into v_collection
    from editor.image_collections as c
    where c.id = new.collection_id
    for share;
  end if;
  if v_collection.id is null then
    raise exception using
      errcode = 'PT404', message = 'collection_not_found',
      detail = format('You have no collection %s.', coalesce(new.collection_id::text, 'null')),
      hint = 'Insert the collection first.';
  end if;
  -- Of one owner: the collection's may have changed since it was first looked at.
  if not exists (
    select 1 from editor.images as i where i.id = new.image_id and i.user_id = v_collection.user_id
  ) then
    raise exception using
      errcode = 'PT404', message = 'image_not_found',
      detail = format('You have no image %s.', coalesce(new.image_id::text, 'null')),
      hint = 'Insert the image first.';
  end if;
  new.user_id := v_collection.user_id;
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

-- sql/editor/functions/editor_public_collection.sql

-- What everyone signed in sees of a public collection: its words, and the finished
-- results of its images. Nothing of the originals, not even their file names.
create function private.editor_public_collection(
  p_collection_id uuid,
  p_limit integer,
  p_offset integer
)
returns jsonb
language plpgsql
stable
security definer            -- images of other users are read, these columns alone
set search_path = ''
as $$
declare
  v_collection editor.image_collections;
begin
  perform private.require_user_id();
  if p_collection_id is null then
    raise exception using
      errcode = 'PT400', message = 'argument_missing',
      detail = 'p_collection_id must not be null.', hint = 'Send the collection''s id.';
  end if;
  if p_limit is null or p_limit not between 1 and 1000 or p_offset is null or p_offset < 0 then
    raise exception using
      errcode = 'PT400', message = 'limit_invalid',
      detail = format(
        'Asked for %s from %s on.', coalesce(p_limit::text, 'null'), coalesce(p_offset::text, 'null')
      ),
      hint = 'Send a limit of 1 to 1000 and an offset of 0 or more.';
  end if;
  select * into v_collection
  from editor.image_collections as c
  where c.id = p_collection_id and c.is_public;
  if not found then
    raise exception using
      errcode = 'PT404', message = 'collection_not_found',
      detail = format('There is no public collection %s.', p_collection_id),
      hint = 'Ask its owner to make it public.';
  end if;
  return jsonb_build_object(
    'id', v_collection.id,
    'name', v_collection.name,
    'description', v_collection.description,
    'images', coalesce(
      (
        select jsonb_agg(
          jsonb_build_object(
            'id', r.id,
            'thumbnail_url', r.thumbnail_url,
            'processed_url', r.processed_url,
            'final_url', r.final_url
          )
          order by r.added_at desc, r.id
        )
        from (
          select i.id, i.thumbnail_url, i.processed_url, i.final_url, t.added_at
          from editor.image_collection_items as t
          join editor.images as i on i.id = t.image_id
          where t.collection_id = p_collection_id
            and (i.processed_url is not null or i.final_url is not null)
          order by t.added_at desc, i.id
          limit p_limit offset p_offset
        ) as r
      ),
      '[]'::jsonb
    )
  );
end;
$$;
grant execute on function private.editor_public_collection(uuid, integer, integer) to authenticated;

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

-- A user leaves: their collections and pictures go, and with them open work and files.
create function private.editor_retire_user(p_user_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  delete from editor.image_collections as c where c.user_id = p_user_id;
  delete from editor.images as i where i.user_id = p_user_id;
end;
$$;

-- sql/editor/functions/editor_share_items.sql

-- Makes items share what is true: those of public collections the finished results
-- of their images, others nothing. What is shared belongs to the item: with it, it
-- goes. Images, then items, then shares are locked, each in order: who changes one
-- at the same time has then either been seen or sees this.
create function private.editor_share_items(p_item_ids uuid[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform 1
  from editor.images as i
  where i.id in (select t.image_id from editor.image_collection_items as t where t.id = any (p_item_ids))
  order by i.id
  for share;
  perform 1
  from editor.image_collection_items as t
  where t.id = any (p_item_ids)
  order by t.id
  for key share;
  perform private.editor_unshare_items(p_item_ids);

  insert into public.shared_files (bucket_id, name, subject_id, user_id)
  select distinct 'results', f.name, t.id, i.user_id
  from editor.image_collection_items as t
  join editor.image_collections as c on c.id = t.collection_id and c.is_public
  join editor.images as i on i.id = t.image_id
  cross join lateral unnest(array[i.processed_url, i.thumbnail_url, i.final_url]) as u (url)
  cross join lateral private.storage_path('results', u.url) as f (name)
  where t.id = any (p_item_ids) and split_part(f.name, '/', 1) = i.user_id::text;
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

-- sql/editor/functions/editor_unshare_items.sql

-- Ends what items share; in order, so that two that meet do not deadlock.
create function private.editor_unshare_items(p_item_ids uuid[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform 1
  from public.shared_files as s
  where s.subject_id = any (p_item_ids)
  order by s.bucket_id, s.name, s.subject_id
  for update;
  delete from public.shared_files as s where s.subject_id = any (p_item_ids);
end;
$$;

-- sql/editor/api/add_user_credits.sql

create function editor.add_user_credits(
  p_user_id uuid,
  p_amount integer,
  p_transaction_type text,
  p_description text default null,
  p_metadata jsonb default null
)
returns integer
language sql
security invoker
set search_path = ''
begin atomic
  select private.editor_add_user_credits(p_user_id, p_amount, p_transaction_type, p_description, p_metadata);
end;
grant execute on function editor.add_user_credits(uuid, integer, text, text, jsonb)
  to authenticated, service_role;
comment on function editor.add_user_credits(uuid, integer, text, text, jsonb) is
  'Adds p_amount whole credits (1 to 1e9) and returns what the user can spend then. Types: purchase, refund, bonus. p_metadata may name stripe_payment_intent_id (a purchase of one payment is booked once), subscription_plan_id, pay_as_you_go_package_id and idempotency_key. For the service and for admins, whose calls are written to admin_logs. Errors: PT403 admin_only; PT400 amount_invalid, transaction_type_invalid, idempotency_key_invalid, metadata_invalid, argument_missing, argument_too_long; PT404 account_not_found; PT409 idempotency_key_reused.';

-- sql/editor/api/deduct_user_credits.sql

create function editor.deduct_user_credits(
  p_user_id uuid,
  p_amount integer,
  p_transaction_type text default 'usage',
  p_description text default null,
  p_metadata jsonb default null
)
returns integer
language sql
security invoker
set search_path = ''
begin atomic
  select private.editor_deduct_user_credits(p_user_id, p_amount, p_transaction_type, p_description, p_metadata);
end;
grant execute on function editor.deduct_user_credits(uuid, integer, text, text, jsonb)
  to authenticated, service_role;
comment on function editor.deduct_user_credits(uuid, integer, text, text, jsonb) is
  'Takes p_amount whole credits (1 to 1e9) for work that is done and returns what the user can spend then; short credits raise. Type: usage. p_metadata may name an idempotency_key. For the service and for admins, whose calls are written to admin_logs. Errors: PT402 insufficient_credits; PT403 admin_only, account_closed; PT400 amount_invalid, transaction_type_invalid, idempotency_key_invalid, metadata_invalid, argument_missing, argument_too_long; PT404 account_not_found; PT409 idempotency_key_reused.';

-- sql/editor/api/public_collection.sql

create function editor.public_collection(
  p_id uuid,
  p_limit integer default 100,
  p_offset integer default 0
)
returns jsonb
language sql
stable
security invoker
set search_path = ''
begin atomic
  select private.editor_public_collection(p_id, p_limit, p_offset);
end;
grant execute on function editor.public_collection(uuid, integer, integer) to authenticated;
comment on function editor.public_collection(uuid, integer, integer) is
  'A public collection as {id, name, description, images: [{id, thumbnail_url, processed_url, final_url}]}, the newest first: finished results alone, p_limit (1 to 1000) of them from p_offset on. The addresses answer to the token of anyone signed in. Errors: PT403 not_signed_in; PT400 argument_missing, limit_invalid; PT404 collection_not_found.';

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

create policy "Users update their own images and admins update any"
  on editor.images for update to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()))
  with check (user_id between (select private.visible_from()) and (select private.visible_to()));

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

-- A front end upserts whole rows, so keys and owners are granted too and held by the
-- policies.
grant select, delete on editor.image_collections to authenticated;
grant insert (id, user_id, name, description, is_public) on editor.image_collections to authenticated;
grant update (id, user_id, name, description, is_public) on editor.image_collections to authenticated;
grant select, insert, update, delete on editor.image_collections to service_role;

grant select, delete on editor.image_collection_items to authenticated;
grant insert (id, collection_id, image_id) on editor.image_collection_items to authenticated;
grant update (id, collection_id, image_id) on editor.image_collection_items to authenticated;
grant select, insert, update, delete on editor.image_collection_items to service_role;

-- Each side of the "or" has an index, so that neither hides the other's.
create policy "Users read their own and public collections and admins read all"
  on editor.image_collections for select to authenticated
  using (
    user_id between (select private.visible_from()) and (select private.visible_to())
    or (is_public and (select private.user_id()) is not null)
  );

create policy "Users insert their own collections"
  on editor.image_collections for insert to authenticated
  with check (user_id = (select private.user_id()));

create policy "Users update their own collections"
  on editor.image_collections for update to authenticated
  using (user_id = (select private.user_id()))
  with check (user_id = (select private.user_id()));

create policy "Users delete their own collections and admins delete any"
  on editor.image_collections for delete to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));

-- Of a public collection too: others get its finished results from
-- editor.public_collection(), not its images.
create policy "Users read their own collections' items and admins read all"
  on editor.image_collection_items for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));

create policy "Users put images into their own collections"
  on editor.image_collection_items for insert to authenticated
  with check (user_id = (select private.user_id()));

create policy "Users change the items of their own collections"
  on editor.image_collection_items for update to authenticated
  using (user_id = (select private.user_id()))
  with check (user_id = (select private.user_id()));

create policy "Users take images out of their own collections"
  on editor.image_collection_items for delete to authenticated
  using (user_id = (select private.user_id()));

-- The views: who may do what is decided by the platform's tables, the grants here
-- only name what the document lets its users do.
grant select on editor.profiles to authenticated, service_role;
grant insert (id, first_name, last_name, company, phone, avatar_url) on editor.profiles to authenticated;
grant update (id, first_name, last_name, company, phone, avatar_url, last_activity_at)
  on editor.profiles to authenticated;
grant select on editor.subscription_plans to anon, authenticated, service_role;
grant select on editor.pay_as_you_go_packages to anon, authenticated, service_role;
grant select on editor.credit_transactions to authenticated, service_role;
grant select on editor.subscription_history to authenticated, service_role;
grant select on editor.api_costs to authenticated, service_role;
grant select on editor.api_usage_logs to authenticated, service_role;
grant select on editor.admin_logs to authenticated, service_role;
grant select on editor.system_metrics to authenticated;
grant select, insert on editor.system_metrics to service_role;
grant select on editor.user_activity_logs to authenticated, service_role;
grant select, insert, update, delete on editor.email_templates to authenticated, service_role;
grant select, insert, update, delete on editor.email_campaigns to authenticated, service_role;
grant select on editor.email_logs to authenticated;
grant select, insert, update on editor.email_logs to service_role;
grant select on editor.user_analytics to authenticated, service_role;
grant select on editor.revenue_analytics to authenticated, service_role;

-- sql/editor/triggers.sql

create trigger set_updated_at
  before update on editor.images
  for each row execute function private.set_updated_at();
create trigger keep_owner
  before update of user_id on editor.images
  for each row
  when (old.user_id is distinct from new.user_id)
  execute function private.keep_owner();
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

create trigger set_updated_at
  before update on editor.image_collections
  for each row execute function private.set_updated_at();
create trigger keep_owner
  before update of user_id on editor.image_collections
  for each row
  when (old.user_id is distinct from new.user_id)
  execute function private.keep_owner();
create trigger prepare_collection
  before insert on editor.image_collections
  for each row execute function private.editor_prepare_collection();
create trigger change_collections
  after update on editor.image_collections
  referencing old table as was new table as became
  for each statement execute function private.editor_change_collections();

create trigger prepare_item
  before insert on editor.image_collection_items
  for each row execute function private.editor_prepare_item();
create trigger keep_item
  before update on editor.image_collection_items
  for each row execute function private.editor_keep_item();
create trigger add_items
  after insert on editor.image_collection_items
  referencing new table as inserted
  for each statement execute function private.editor_add_items();
create trigger drop_items
  after delete on editor.image_collection_items
  referencing old table as dropped
  for each statement execute function private.editor_drop_items();
create trigger change_results
  after update of processed_url, thumbnail_url, final_url on editor.images
  for each row
  when (
    (old.processed_url, old.thumbnail_url, old.final_url)
    is distinct from (new.processed_url, new.thumbnail_url, new.final_url)
  )
  execute function private.editor_change_results();

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

insert into private.export_handlers (handler)
values ('private.editor_export_user')
on conflict do nothing;

-- sql/video/schema.sql

create schema video;
grant usage on schema video to anon, authenticated, service_role;

-- sql/video/tables/campaigns.sql

-- Elements of arrays are looked at as jsonb: a check takes no subquery, and a
-- function of ours in a check would have to be every client's to execute.
create table video.brand_guidelines (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references public.profiles (id),
  brand_name text not null,
  "values" text[] not null default '{}',
  tone_of_voice text[] not null default '{}',
  visual_style text,
  do_list text[] not null default '{}',
  dont_list text[] not null default '{}',
  color_palette text[] not null default '{}',
  fonts text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint "brand texts are bounded" check (
    char_length(brand_name) <= 200 and brand_name ~ '\S'
    and char_length(visual_style) <= 2000
    and char_length(fonts) <= 500
  ),
  constraint "brand values are at most 30 texts of 200" check (
    cardinality("values") <= 30 and coalesce(array_ndims("values"), 1) = 1
    and not to_jsonb("values") @? '$[*] ? (@ == null || !(@ like_regex "^.{1,200}$" flag "s"))'
  ),
  constraint "a tone of voice is at most 30 texts of 200" check (
    cardinality(tone_of_voice) <= 30 and coalesce(array_ndims(tone_of_voice), 1) = 1
    and not to_jsonb(tone_of_voice) @? '$[*] ? (@ == null || !(@ like_regex "^.{1,200}$" flag "s"))'
  ),
  constraint "a brand's do's are at most 50 texts of 250" check (
    cardinality(do_list) <= 50 and coalesce(array_ndims(do_list), 1) = 1
    and not to_jsonb(do_list) @? '$[*] ? (@ == null || !(@ like_regex "^.{1,250}$" flag "s"))'
  ),
  constraint "a brand's don'ts are at most 50 texts of 250" check (
    cardinality(dont_list) <= 50 and coalesce(array_ndims(dont_list), 1) = 1
    and not to_jsonb(dont_list) @? '$[*] ? (@ == null || !(@ like_regex "^.{1,250}$" flag "s"))'
  ),
  constraint "a palette is at most 30 colours of 50" check (
    cardinality(color_palette) <= 30 and coalesce(array_ndims(color_palette), 1) = 1
    and not to_jsonb(color_palette) @? '$[*] ? (@ == null || !(@ like_regex "^.{1,50}$" flag "s"))'
  )
);
create index brand_guidelines_user_id_idx on video.brand_guidelines (user_id, created_at desc);
comment on table video.brand_guidelines is 'What a user''s brand says, shows, does and never does.';

create table video.campaigns (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references public.profiles (id),
  name text not null,
  description text,
  target_audience text,
  platform text[] not null default '{}',
  status text not null default 'draft',
  total_videos integer not null default 0,
  completed_videos integer not null default 0,
  concepts jsonb not null default '[]',
  brand_guidelines_id uuid references video.brand_guidelines (id) on delete set null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  completed_at timestamptz,
  constraint "a campaign has a known status" check (status in ('draft', 'active', 'completed')),
  constraint "a completed campaign says when" check ((status = 'completed') = (completed_at is not null)),
  constraint "campaign texts are bounded" check (
    char_length(name) <= 200 and name ~ '\S'
    and char_length(description) <= 5000
    and char_length(target_audience) <= 2000
    and pg_column_size(concepts) <= 65536
  ),
  constraint "a campaign is for at most 20 platforms" check (
    cardinality(platform) <= 20 and coalesce(array_ndims(platform), 1) = 1
    and not to_jsonb(platform) @? '$[*] ? (@ == null || !(@ like_regex "^.{1,50}$" flag "s"))'
  ),
  constraint "a campaign counts from nothing" check (
    total_videos between 0 and 100000 and completed_videos >= 0
  )
);
create index campaigns_user_id_idx on video.campaigns (user_id, created_at desc);
create index campaigns_brand_guidelines_id_idx on video.campaigns (brand_guidelines_id);
comment on table video.campaigns is 'Videos that belong together. Its status moves draft, active, completed.';
comment on column video.campaigns.completed_videos is
  'Successful generations with this campaign_id, kept by trigger whatever is sent.';
comment on column video.campaigns.completed_at is 'When it was completed, kept by trigger whatever is sent.';

create table video.storyboard_sequences (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references public.profiles (id),
  campaign_id uuid references video.campaigns (id) on delete set null,
  name text not null,
  frames jsonb not null default '[]',
  total_duration integer not null default 0,
  character_id text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint "storyboard texts are bounded" check (
    char_length(name) <= 200 and name ~ '\S' and char_length(character_id) <= 200
  ),
  constraint "at most 100 frames, each with a description and a duration" check (
    case
      when jsonb_typeof(frames) = 'array' then
        jsonb_array_length(frames) <= 100
        and pg_column_size(frames) <= 131072
        and jsonb_array_length(frames) = jsonb_array_length(
          jsonb_path_query_array(
            frames,
            'strict $[*] ? (@.description like_regex "\\S" && @.duration.type() == "number" && @.duration > 0 && @.duration <= 3600)'
          )
        )
      else false
    end
  )
);
create index storyboard_sequences_user_id_idx on video.storyboard_sequences (user_id, created_at desc);
create index storyboard_sequences_campaign_id_idx on video.storyboard_sequences (campaign_id);
comment on table video.storyboard_sequences is 'The frames of a film to come, in order.';
comment on column video.storyboard_sequences.frames is
  'An array of at most 100 objects: description (text), duration (seconds, over 0 and at most 3600), and what else the front end keeps.';
comment on column video.storyboard_sequences.total_duration is
  'The sum of the frames'' durations, rounded up to seconds; kept by trigger whatever is sent.';

alter table video.brand_guidelines enable row level security;
alter table video.campaigns enable row level security;
alter table video.storyboard_sequences enable row level security;

-- sql/video/tables/generations.sql

create table video.generations (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references public.profiles (id),
  prompt text not null,
  model text not null,
  aspect_ratio text,
  resolution text,
  mode text,
  status text not null default 'generating',
  video_url text,
  error_message text,
  reference_image_url text,
  credits_used integer,
  campaign_id uuid references video.campaigns (id) on delete set null,
  storyboard_id uuid references video.storyboard_sequences (id) on delete set null,
  files jsonb,
  created_at timestamptz not null default now(),
  completed_at timestamptz,
  constraint "a generation has a known status" check (status in ('generating', 'success', 'error')),
  constraint "generation texts are bounded" check (
    char_length(prompt) between 1 and 5000
    and char_length(model) between 1 and 50
    and char_length(aspect_ratio) <= 10
    and char_length(resolution) <= 20
    and char_length(mode) <= 50
    and char_length(reference_image_url) <= 2048
  ),
  constraint "an ended generation says when" check ((status = 'generating') = (completed_at is null)),
  constraint "a success has a video" check (status <> 'success' or video_url is not null),
  constraint "a generation uses no negative credits" check (credits_used >= 0)
);
create index generations_user_id_idx on video.generations (user_id, created_at desc);
-- For spans of time over all users. Not a btree: one in the order of time tempts the
-- planner, which cannot see how few rows a policy leaves, into reading everybody's
-- newest rows until a user has their twenty.
create index generations_created_at_idx on video.generations using brin (created_at);
create index generations_status_idx on video.generations (status);
create index generations_campaign_id_idx on video.generations (campaign_id);
create index generations_storyboard_id_idx on video.generations (storyboard_id);
comment on table video.generations is
  'Inserting a row is the request: it is priced, its credits are held and its job is enqueued in the same transaction.';
comment on column video.generations.model is 'A variant of the operation video.generate in the price book.';
comment on column video.generations.reference_image_url is
  'An upload of the user: its path in the bucket uploads (<user id>/…) or a storage address of it.';
comment on column video.generations.video_url is 'The result; a private address that answers to its owner''s token.';
comment on column video.generations.credits_used is 'Null while it is under way; 0 when it failed.';
comment on column video.generations.campaign_id is
  'The campaign that counts it; that of its storyboard when only that is sent.';
comment on column video.generations.files is 'All files of the result: [{kind, bucket, path, …}].';

alter table video.generations enable row level security;

-- sql/video/tables/metrics.sql

create table video.performance_metrics (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references public.profiles (id),
  generation_id uuid references video.generations (id) on delete set null,
  prompt text,
  character_id text,
  platform text,
  predicted_score numeric,
  actual_engagement jsonb,
  quality_score numeric,
  style_consistency numeric,
  brand_compliance numeric,
  improvements jsonb,
  created_at timestamptz not null default now(),
  -- NaN is above all numbers, so the bounds refuse it.
  constraint "scores are 0 to 100" check (
    predicted_score between 0 and 100
    and quality_score between 0 and 100
    and style_consistency between 0 and 100
    and brand_compliance between 0 and 100
  ),
  constraint "metric texts are bounded" check (
    char_length(prompt) <= 5000
    and char_length(character_id) <= 200
    and char_length(platform) <= 50
    and pg_column_size(actual_engagement) <= 65536
    and pg_column_size(improvements) <= 65536
  )
);
create index performance_metrics_user_id_idx on video.performance_metrics (user_id, created_at desc);
create index performance_metrics_generation_id_idx on video.performance_metrics (generation_id);
comment on table video.performance_metrics is
  'How a video was judged and how it did. Scores are 0 to 100; it outlives its generation.';

alter table video.performance_metrics enable row level security;

-- sql/video/tables/presets.sql

create table video.tool_configurations (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references public.profiles (id),
  tool_name text not null,
  character_id text,
  configuration jsonb not null default '{}',
  is_favorite boolean not null default false,
  usage_count integer not null default 0,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint "tool configuration texts are bounded" check (
    char_length(tool_name) <= 100 and tool_name ~ '\S'
    and char_length(character_id) <= 200
    and pg_column_size(configuration) <= 65536
  ),
  constraint "a tool configuration is used a number of times" check (usage_count between 0 and 1000000000)
);
create index tool_configurations_user_id_idx
  on video.tool_configurations (user_id, is_favorite, created_at desc);
comment on table video.tool_configurations is 'A user''s saved settings of a tool.';
comment on column video.tool_configurations.usage_count is 'Raised by use_item, which loses none of two at once.';

create table video.style_presets (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references public.profiles (id),
  name text not null,
  character_id text,
  style_data jsonb not null default '{}',
  thumbnail_url text,
  is_favorite boolean not null default false,
  usage_count integer not null default 0,
  tags text[] not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint "style preset texts are bounded" check (
    char_length(name) <= 200 and name ~ '\S'
    and char_length(character_id) <= 200
    and char_length(thumbnail_url) <= 2048
    and pg_column_size(style_data) <= 65536
  ),
  constraint "a style preset has at most 50 tags of 50" check (
    cardinality(tags) <= 50 and coalesce(array_ndims(tags), 1) = 1
    and not to_jsonb(tags) @? '$[*] ? (@ == null || !(@ like_regex "^.{1,50}$" flag "s"))'
  ),
  constraint "a style preset is used a number of times" check (usage_count between 0 and 1000000000)
);
create index style_presets_user_id_idx on video.style_presets (user_id, is_favorite, created_at desc);
-- For callers without policies: array operators are not leakproof, so a client's
-- search reads the user's own presets by the index above and filters those.
create index style_presets_tags_idx on video.style_presets using gin (tags);
comment on table video.style_presets is 'A user''s saved styles, found by tags and favourites.';
comment on column video.style_presets.usage_count is 'Raised by use_item, which loses none of two at once.';

create table video.tool_preset_chains (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references public.profiles (id),
  name text not null,
  description text,
  tools jsonb not null default '[]',
  is_favorite boolean not null default false,
  usage_count integer not null default 0,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint "tool chain texts are bounded" check (
    char_length(name) <= 200 and name ~ '\S' and char_length(description) <= 5000
  ),
  constraint "a tool chain is at most 50 objects that name a tool" check (
    case
      when jsonb_typeof(tools) = 'array' then
        jsonb_array_length(tools) <= 50
        and pg_column_size(tools) <= 131072
        and jsonb_array_length(tools) = jsonb_array_length(
          jsonb_path_query_array(
            tools,
            'strict $[*] ? (@.tool like_regex "^.{1,100}$" || @.tool_name like_regex "^.{1,100}$" || @.name like_regex "^.{1,100}$")'
          )
        )
      else false
    end
  ),
  constraint "a tool chain is used a number of times" check (usage_count between 0 and 1000000000)
);
create index tool_preset_chains_user_id_idx
  on video.tool_preset_chains (user_id, is_favorite, created_at desc);
comment on table video.tool_preset_chains is 'Tools that a user runs one after another.';
comment on column video.tool_preset_chains.tools is
  'An array of at most 50 objects in order, each naming its tool under tool, tool_name or name; its settings are the front end''s.';
comment on column video.tool_preset_chains.usage_count is 'Raised by use_item, which loses none of two at once.';

create table video.platform_configurations (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references public.profiles (id),
  platform text not null,
  aspect_ratio text,
  preferred_style jsonb,
  prompt_templates jsonb,
  character_preferences jsonb,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint "a platform is configured once by a user" unique (user_id, platform),
  constraint "platform configuration texts are bounded" check (
    char_length(platform) <= 50 and platform ~ '\S'
    and char_length(aspect_ratio) <= 10
    and pg_column_size(preferred_style) <= 65536
    and pg_column_size(prompt_templates) <= 65536
    and pg_column_size(character_preferences) <= 65536
  )
);
comment on table video.platform_configurations is
  'How a user makes videos for a platform; upserted by (user_id, platform).';

alter table video.tool_configurations enable row level security;
alter table video.style_presets enable row level security;
alter table video.tool_preset_chains enable row level security;
alter table video.platform_configurations enable row level security;

-- sql/video/views.sql

-- Document tables that the platform owns. One base table in FROM, so that a
-- profile can be updated and upserted through its view.
create view video.user_profiles
with (security_invoker = true)
as
select
  p.id,
  p.username,
  p.avatar_url,
  coalesce((select a.balance from public.credit_accounts as a where a.user_id = p.id), 0) as credits,
  coalesce((select a.total_used from public.credit_accounts as a where a.user_id = p.id), 0)::numeric
    as total_spent,
  p.created_at,
  p.updated_at
from public.profiles as p;
comment on view video.user_profiles is
  'public.profiles as the document has it. credits are what can be spent now; credits and total_spent are computed.';

-- The document has four words. usage is a generation; money or credits that went
-- back are a refund; what the house gives or takes is a bonus. The amount has the
-- sign. A type without a word is null, and a test fails on it.
create view video.credit_transactions
with (security_invoker = true)
as
select
  t.id,
  t.user_id,
  t.amount,
  case t.transaction_type
    when 'purchase' then 'purchase'
    when 'usage' then 'generation'
    when 'refund' then 'refund'
    when 'chargeback' then 'refund'
    when 'bonus' then 'bonus'
    when 'trial_grant' then 'bonus'
    when 'monthly_reset' then 'bonus'
    when 'expiration' then 'bonus'
    when 'adjustment' then 'bonus'
  end as transaction_type,
  t.description,
  (
    select g.id
    from public.jobs as j
    join video.generations as g on g.id = j.subject_id
    where j.id = t.job_id and j.type = 'video.generate'
  ) as generation_id,
  t.metadata,
  t.created_at
from public.credit_transactions as t;
comment on view video.credit_transactions is
  'public.credit_transactions in the document''s words: purchase, generation, refund, bonus. The amount has the sign.';

create view video.pricing_tiers
with (security_invoker = true)
as
select
  p.id,
  p.name,
  p.credits,
  round(p.unit_amount::numeric / 100, 2) as price,
  p.is_active,
  p.sort_order,
  p.created_at
from public.credit_packages as p
where p.currency = 'usd';
comment on view video.pricing_tiers is 'public.credit_packages with prices in dollars; those for sale.';

-- sql/video/functions/video_check_request.sql

-- Refuses a request whose words are out of bounds: PT400 input_invalid.
create function private.video_check_request(p_request video.generations)
returns void
language plpgsql
stable
set search_path = ''
as $$
declare
  v_problem text;
begin
  if char_length(btrim(coalesce(p_request.prompt, ''))) not between 1 and 5000 then
    v_problem := 'prompt must have 1 to 5000 characters.';
  elsif not exists (
    select 1
    from public.metered_operations as m
    where m.operation = 'video.generate' and m.variant = p_request.model and m.is_active
  ) then
    v_problem := 'model must be a variant of video.generate in the price book, e.g. veo-2 or veo-fast.';
  elsif p_request.aspect_ratio !~ '^[1-9][0-9]?:[1-9][0-9]?$' then
    v_problem := 'aspect_ratio must be like 16:9.';
  elsif p_request.resolution !~* '^([1-9][0-9]{2,3}p|[2-8]k|[1-9][0-9]{2,3}x[1-9][0-9]{2,3})$' then
    v_problem := 'resolution must be like 720p, 4k or 1280x720.';
  elsif p_request.mode !~ '^[A-Za-z0-9 _-]{1,50}$' then
    v_problem := 'mode must have 1 to 50 letters, digits, spaces, - or _.';
  end if;
  if v_problem is not null then
    raise exception using
      errcode = 'PT400', message = 'input_invalid', detail = v_problem,
      hint = 'See the comments of video.generations and quote() for the models.';
  end if;
end;
$$;

-- sql/video/functions/video_count_generations.sql

-- Generations that became successes, or were linked elsewhere, move the counts of
-- their campaigns. The campaigns are locked already.
create function private.video_count_generations()
returns trigger
language plpgsql
security definer            -- the count is not the caller's to write
set search_path = ''
as $$
begin
  update video.campaigns as c
  set completed_videos = c.completed_videos + d.n
  from (
    select x.campaign_id, sum(x.n)::integer as n
    from (
      select a.campaign_id, 1 as n from after_it as a where a.status = 'success'
      union all
      select b.campaign_id, -1 from before_it as b where b.status = 'success'
    ) as x
    group by x.campaign_id
    having sum(x.n) <> 0
  ) as d
  where c.id = d.campaign_id;
  return null;
end;
$$;

-- sql/video/functions/video_drop_generations.sql

-- Generations that are deleted: their campaigns count them no more, open jobs end,
-- holds return, results are removed. A reference image stays, it may show elsewhere.
create function private.video_drop_generations()
returns trigger
language plpgsql
security definer            -- counts, jobs and files are not the caller's to write
set search_path = ''
as $$
declare
  v_user record;
begin
  update video.campaigns as c
  set completed_videos = c.completed_videos - d.n
  from (
    select g.campaign_id, count(*)::integer as n
    from dropped as g
    where g.status = 'success'
    group by g.campaign_id
  ) as d
  where c.id = d.campaign_id;

  perform private.cancel_jobs(
    array(
      select j.id
      from public.jobs as j
      join dropped as g on g.id = j.subject_id
      where j.finished_at is null
    ),
    'The generation was deleted.'
  );
  for v_user in
    select g.user_id, array_agg(f.value ->> 'path') as paths
    from dropped as g
    cross join lateral jsonb_array_elements(coalesce(g.files, '[]'::jsonb)) as f
    where f.value ->> 'bucket' = 'results'
    group by g.user_id
    order by g.user_id
  loop
    perform private.remove_files(v_user.user_id, 'results', v_user.paths);
  end loop;
  return null;
end;
$$;

-- sql/video/functions/video_export_user.sql

-- What video knows of a user: an object, table name to rows.
create function private.video_export_user(p_user_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'video.generations', (
      select coalesce(jsonb_agg(to_jsonb(t) order by t.created_at, t.id), '[]'::jsonb)
      from video.generations as t
      where t.user_id = p_user_id
    ),
    'video.brand_guidelines', (
      select coalesce(jsonb_agg(to_jsonb(t) order by t.created_at, t.id), '[]'::jsonb)
      from video.brand_guidelines as t
      where t.user_id = p_user_id
    ),
    'video.campaigns', (
      select coalesce(jsonb_agg(to_jsonb(t) order by t.created_at, t.id), '[]'::jsonb)
      from video.campaigns as t
      where t.user_id = p_user_id
    ),
    'video.storyboard_sequences', (
      select coalesce(jsonb_agg(to_jsonb(t) order by t.created_at, t.id), '[]'::jsonb)
      from video.storyboard_sequences as t
      where t.user_id = p_user_id
    ),
    'video.tool_configurations', (
      select coalesce(jsonb_agg(to_jsonb(t) order by t.created_at, t.id), '[]'::jsonb)
      from video.tool_configurations as t
      where t.user_id = p_user_id
    ),
    'video.style_presets', (
      select coalesce(jsonb_agg(to_jsonb(t) order by t.created_at, t.id), '[]'::jsonb)
      from video.style_presets as t
      where t.user_id = p_user_id
    ),
    'video.tool_preset_chains', (
      select coalesce(jsonb_agg(to_jsonb(t) order by t.created_at, t.id), '[]'::jsonb)
      from video.tool_preset_chains as t
      where t.user_id = p_user_id
    ),
    'video.platform_configurations', (
      select coalesce(jsonb_agg(to_jsonb(t) order by t.created_at, t.id), '[]'::jsonb)
      from video.platform_configurations as t
      where t.user_id = p_user_id
    ),
    'video.performance_metrics', (
      select coalesce(jsonb_agg(to_jsonb(t) order by t.created_at, t.id), '[]'::jsonb)
      from video.performance_metrics as t
      where t.user_id = p_user_id
    )
  );
$$;

-- sql/video/functions/video_fail_generation.sql

-- A generation failed or was cancelled; the document knows one word for both.
create function private.video_fail_generation(p_job public.jobs)
returns void
language plpgsql
set search_path = ''
as $$
begin
  update video.generations as g
  set status = 'error', error_message = p_job.error, credits_used = 0, completed_at = now()
  where g.id = p_job.subject_id;
end;
$$;

-- sql/video/functions/video_fill_user.sql

-- A row belongs to who inserts it, and says when that was. Somebody else's row is
-- left to the policy, which refuses it.
create function private.video_fill_user()
returns trigger
language plpgsql
security definer            -- share-locks the user's profile
set search_path = ''
as $$
declare
  v_caller uuid := private.user_id();
begin
  if tg_op = 'UPDATE' then
    new.created_at := old.created_at;
    return new;
  end if;
  new.user_id := coalesce(new.user_id, v_caller);
  if v_caller is null or new.user_id = v_caller then
    perform private.require_present(new.user_id);
  end if;
  return new;
end;
$$;

-- sql/video/functions/video_finish_generation.sql

-- A result arrived: the generation shows its video.
create function private.video_finish_generation(p_job public.jobs)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_video jsonb := private.result_file(p_job, 'video');
begin
  if v_video is null then
    raise exception using
      errcode = 'PT422', message = 'result_invalid',
      detail = 'The result has no file "video" in the user''s folder of the bucket results.';
  end if;
  update video.generations as g
  set
    status = 'success',
    video_url = private.object_url('results', v_video ->> 'path'),
    error_message = null,
    files = p_job.result -> 'files',
    credits_used = p_job.price,
    completed_at = now()
  where g.id = p_job.subject_id;
end;
$$;

-- sql/video/functions/video_keep_campaign.sql

-- What a campaign does not take from whoever writes it: its count, when it was
-- completed, and somebody else's guidelines.
create function private.video_keep_campaign()
returns trigger
language plpgsql
security definer            -- looks the guidelines up whatever the caller sees
set search_path = ''
as $$
begin
  if new.brand_guidelines_id is not null and not exists (
    select 1
    from video.brand_guidelines as b
    where b.id = new.brand_guidelines_id and b.user_id = new.user_id
  ) then
    raise exception using
      errcode = 'PT404', message = 'brand_guidelines_not_found',
      detail = format('You have no brand guidelines %s.', new.brand_guidelines_id),
      hint = 'Insert the brand guidelines first.';
  end if;
  if tg_op = 'INSERT' then
    new.completed_videos := 0;
    -- A new one is refused after the insert; an upsert of a completed one is not.
    new.completed_at := case when new.status = 'completed' then now() end;
    return new;
  end if;

  -- Only triggers of generations count.
  if pg_trigger_depth() = 1 then
    new.completed_videos := old.completed_videos;
  end if;
  new.completed_at := case when new.status = 'completed' then coalesce(old.completed_at, now()) end;
  return new;
end;
$$;

-- sql/video/functions/video_keep_generation.sql

-- A generation is linked to its user's campaigns and storyboards alone.
create function private.video_keep_generation()
returns trigger
language plpgsql
security definer            -- looks them up whatever the caller sees
set search_path = ''
as $$
begin
  if new.campaign_id is distinct from old.campaign_id then
    perform private.video_require_campaign(new.user_id, new.campaign_id);
  end if;
  if new.storyboard_id is distinct from old.storyboard_id then
    perform private.video_require_storyboard(new.user_id, new.storyboard_id);
  end if;
  return new;
end;
$$;

-- sql/video/functions/video_keep_metrics.sql

-- Metrics are of a generation of their user, or of none.
create function private.video_keep_metrics()
returns trigger
language plpgsql
security definer            -- looks the generation up whatever the caller sees
set search_path = ''
as $$
begin
  if new.generation_id is not null and not exists (
    select 1 from video.generations as g where g.id = new.generation_id and g.user_id = new.user_id
  ) then
    raise exception using
      errcode = 'PT404', message = 'generation_not_found',
      detail = format('You have no generation %s.', new.generation_id),
      hint = 'Insert the generation first, or send none.';
  end if;
  return new;
end;
$$;

-- sql/video/functions/video_keep_storyboard.sql

-- A storyboard lasts as long as its frames, rounded up to seconds, and belongs to a
-- campaign of its user. Frames of the wrong shape are the check's to refuse.
create function private.video_keep_storyboard()
returns trigger
language plpgsql
security definer            -- looks the campaign up whatever the caller sees
set search_path = ''
as $$
begin
  perform private.video_require_campaign(new.user_id, new.campaign_id);
  new.total_duration := (
    select least(coalesce(ceil(sum((d.value #>> '{}')::numeric)), 0), 2147483647)::integer
    from jsonb_path_query(new.frames, '$[*].duration ? (@.type() == "number")') as d (value)
  );
  return new;
end;
$$;

-- sql/video/functions/video_lock_campaigns.sql

-- Locks the caller's campaigns before a statement locks generations, as a job's end
-- does: parents before children, each in order of id.
create function private.video_lock_campaigns()
returns trigger
language plpgsql
security definer            -- a lock needs the right to update
set search_path = ''
as $$
begin
  perform 1
  from video.campaigns as c
  where c.user_id = private.user_id()
  order by c.id
  for no key update;
  return null;
end;
$$;

-- sql/video/functions/video_lock_generations.sql

-- Locks what generations' jobs stand on: the campaigns that count them, then the
-- generations, by id. A generation may have been moved while its campaign was
-- waited for; it is not moved out of one that is locked.
create function private.video_lock_generations(p_jobs public.jobs[])
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_locked uuid[] := array[]::uuid[];
  v_next uuid[];
begin
  loop
    v_next := array(
      select g.campaign_id
      from video.generations as g
      join unnest(p_jobs) as j on j.subject_id = g.id
      where g.campaign_id is not null and g.campaign_id <> all (v_locked)
    );
    exit when cardinality(v_next) = 0;
    perform 1 from video.campaigns as c where c.id = any (v_next) order by c.id for no key update;
    v_locked := v_locked || v_next;
  end loop;
  perform 1
  from video.generations as g
  where g.id in (select j.subject_id from unnest(p_jobs) as j)
  order by g.id
  for no key update;
end;
$$;

-- sql/video/functions/video_prepare_generation.sql

-- What a request may say. Its state and its price are not the caller's to choose,
-- whatever they send; its links and its reference image are the user's own.
create function private.video_prepare_generation()
returns trigger
language plpgsql
security definer            -- looks the user's rows and files up whatever the caller sees
set search_path = ''
as $$
declare
  v_caller uuid := private.user_id();
begin
  new.user_id := coalesce(new.user_id, v_caller);
  new.status := 'generating';
  new.video_url := null;
  new.error_message := null;
  new.credits_used := null;
  new.files := null;
  new.completed_at := null;
  if new.user_id is distinct from v_caller and v_caller is not null then
    return new;             -- the policy refuses it
  end if;

  -- The user, then the rows it names: all stay until this commits.
  perform private.require_active(new.user_id);
  perform private.video_check_request(new);
  new.prompt := btrim(new.prompt);
  new.aspect_ratio := coalesce(new.aspect_ratio, '16:9');
  new.resolution := coalesce(new.resolution, '720p');
  new.reference_image_url := nullif(btrim(new.reference_image_url), '');
  new.mode := coalesce(
    new.mode, case when new.reference_image_url is null then 'text-to-video' else 'image-to-video' end
  );
  if new.reference_image_url is not null then
    perform private.require_upload(new.user_id, new.reference_image_url);
  end if;
  perform private.video_require_storyboard(new.user_id, new.storyboard_id);
  new.campaign_id := coalesce(
    new.campaign_id,
    (select s.campaign_id from video.storyboard_sequences as s where s.id = new.storyboard_id)
  );
  perform private.video_require_campaign(new.user_id, new.campaign_id);
  return new;
end;
$$;

-- sql/video/functions/video_refuse_campaign_status.sql

create function private.video_refuse_campaign_status()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  raise exception using
    errcode = 'PT422', message = 'campaign_status_invalid',
    detail = format('A campaign does not go from %s to %s.', coalesce(old.status, 'nothing'), new.status),
    hint = 'It moves draft, active, completed.';
end;
$$;

-- sql/video/functions/video_request_generations.sql

-- The gate of video: after the rows are in, so that a conflicting insert that was
-- not one charges nothing, and once a statement, however many rows it has.
create function private.video_request_generations()
returns trigger
language plpgsql
security definer            -- jobs and holds are not the caller's to write
set search_path = ''
as $$
declare
  v_provider text := private.setting('video_provider', 'local');
  v_requests private.job_request[];
begin
  select array_agg(
    row(
      g.user_id,
      'video.generate',
      g.id,
      jsonb_build_object(
        'operation', 'generate_video', 'provider', v_provider, 'prompt', g.prompt, 'model', g.model,
        'aspect_ratio', g.aspect_ratio, 'resolution', g.resolution, 'mode', g.mode
      )
        || case
          when g.reference_image_url is null then '{}'::jsonb
          else jsonb_build_object(
            'reference',
            jsonb_build_object(
              'bucket', 'uploads', 'path', private.storage_path('uploads', g.reference_image_url)
            )
          )
        end,
      'video.generate',
      g.model,
      1
    )::private.job_request
    order by g.id
  )
  into v_requests
  from inserted as g;
  perform private.request_jobs(v_requests);
  return null;
end;
$$;

-- sql/video/functions/video_require_campaign.sql

-- Refuses a campaign that is not the user's. Its user never changes and the foreign
-- key keeps it there, so it needs no lock.
create function private.video_require_campaign(p_user_id uuid, p_campaign_id uuid)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  if p_campaign_id is not null and not exists (
    select 1 from video.campaigns as c where c.id = p_campaign_id and c.user_id = p_user_id
  ) then
    raise exception using
      errcode = 'PT404', message = 'campaign_not_found',
      detail = format('You have no campaign %s.', p_campaign_id),
      hint = 'Insert the campaign first.';
  end if;
end;
$$;

-- sql/video/functions/video_require_storyboard.sql

-- Refuses a storyboard that is not the user's.
create function private.video_require_storyboard(p_user_id uuid, p_storyboard_id uuid)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  if p_storyboard_id is not null and not exists (
    select 1
    from video.storyboard_sequences as s
    where s.id = p_storyboard_id and s.user_id = p_user_id
  ) then
    raise exception using
      errcode = 'PT404', message = 'storyboard_not_found',
      detail = format('You have no storyboard %s.', p_storyboard_id),
      hint = 'Insert the storyboard first.';
  end if;
end;
$$;

-- sql/video/functions/video_retire_user.sql

-- A user leaves: generations go first, and with them open work and files; then what
-- they stood on, and the uploads that only these rows named.
create function private.video_retire_user(p_user_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_uploads text[] := array(
    select private.storage_path('uploads', u.url)
    from (
      select g.reference_image_url as url from video.generations as g where g.user_id = p_user_id
      union
      select s.thumbnail_url from video.style_presets as s where s.user_id = p_user_id
    ) as u
    where split_part(private.storage_path('uploads', u.url), '/', 1) = p_user_id::text
  );
begin
  perform 1 from video.campaigns as c where c.user_id = p_user_id order by c.id for no key update;
  delete from video.performance_metrics as m where m.user_id = p_user_id;
  delete from video.generations as g where g.user_id = p_user_id;
  delete from video.storyboard_sequences as s where s.user_id = p_user_id;
  delete from video.campaigns as c where c.user_id = p_user_id;
  delete from video.brand_guidelines as b where b.user_id = p_user_id;
  delete from video.tool_configurations as t where t.user_id = p_user_id;
  delete from video.style_presets as s where s.user_id = p_user_id;
  delete from video.tool_preset_chains as c where c.user_id = p_user_id;
  delete from video.platform_configurations as p where p.user_id = p_user_id;
  perform private.remove_files(p_user_id, 'uploads', v_uploads);
end;
$$;

-- sql/video/functions/video_use_item.sql

-- Raises the usage count of an item of the caller: two uses at once are two.
create function private.video_use_item(p_kind text, p_id uuid)
returns integer
language plpgsql
security definer            -- asks who calls, which is in private
set search_path = ''
as $$
declare
  v_user_id uuid := private.user_id();
  v_count integer;
begin
  if p_kind = 'tool_configuration' then
    update video.tool_configurations as t
    set usage_count = least(t.usage_count, 999999999) + 1
    where t.id = p_id and t.user_id = v_user_id
    returning t.usage_count into v_count;
  elsif p_kind = 'style_preset' then
    update video.style_presets as s
    set usage_count = least(s.usage_count, 999999999) + 1
    where s.id = p_id and s.user_id = v_user_id
    returning s.usage_count into v_count;
  elsif p_kind = 'tool_preset_chain' then
    update video.tool_preset_chains as c
    set usage_count = least(c.usage_count, 999999999) + 1
    where c.id = p_id and c.user_id = v_user_id
    returning c.usage_count into v_count;
  else
    raise exception using
      errcode = 'PT400', message = 'item_kind_invalid',
      detail = format('"%s" is not a kind of item.', left(p_kind, 100)),
      hint = 'Use tool_configuration, style_preset or tool_preset_chain.';
  end if;
  if v_count is null then
    raise exception using
      errcode = 'PT404', message = 'item_not_found',
      detail = format('You have no %s %s.', p_kind, coalesce(p_id::text, 'null')),
      hint = 'Send the id of an item of yours.';
  end if;
  return v_count;
end;
$$;
grant execute on function private.video_use_item(text, uuid) to authenticated;

-- sql/video/api/use_item.sql

create function video.use_item(p_kind text, p_id uuid)
returns integer
language sql
volatile
security invoker
set search_path = ''
begin atomic
  select private.video_use_item(p_kind, p_id);
end;
comment on function video.use_item(text, uuid) is
  'Counts one use of an item and returns the new usage_count. p_kind: tool_configuration, style_preset or tool_preset_chain; p_id: an item of the caller. Errors: PT400 item_kind_invalid, PT404 item_not_found.';
grant execute on function video.use_item(text, uuid) to authenticated;

-- sql/video/policies.sql

grant select on video.user_profiles to authenticated, service_role;
grant insert (id, username, avatar_url), update (id, username, avatar_url)
  on video.user_profiles to authenticated;
grant select on video.credit_transactions to authenticated, service_role;
grant select on video.pricing_tiers to authenticated, service_role;

-- What a request says is its user's; its state and its price are not.
grant select, delete on video.generations to authenticated;
grant insert (
  id, user_id, prompt, model, aspect_ratio, resolution, mode, reference_image_url,
  campaign_id, storyboard_id
) on video.generations to authenticated;
grant update (campaign_id, storyboard_id) on video.generations to authenticated;
grant select, insert on video.generations to service_role;

-- Whole rows, so that a front end can send back what it read; triggers keep what
-- is counted or dated, whatever is sent.
grant select, insert, update, delete on video.brand_guidelines to authenticated, service_role;
grant select, insert, update, delete on video.campaigns to authenticated, service_role;
grant select, insert, update, delete on video.storyboard_sequences to authenticated, service_role;
grant select, insert, update, delete on video.tool_configurations to authenticated, service_role;
grant select, insert, update, delete on video.style_presets to authenticated, service_role;
grant select, insert, update, delete on video.tool_preset_chains to authenticated, service_role;
grant select, insert, update, delete on video.platform_configurations to authenticated, service_role;
grant select, insert, update on video.performance_metrics to authenticated;
grant select, insert, update, delete on video.performance_metrics to service_role;

create policy "Users read their own generations and admins read all"
  on video.generations for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));

create policy "Users request their own generations"
  on video.generations for insert to authenticated
  with check (user_id = (select private.user_id()));

create policy "Users update their own generations"
  on video.generations for update to authenticated
  using (user_id = (select private.user_id()))
  with check (user_id = (select private.user_id()));

create policy "Users delete their own generations"
  on video.generations for delete to authenticated
  using (user_id = (select private.user_id()));

create policy "Users read their own brand guidelines and admins read all"
  on video.brand_guidelines for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));

create policy "Users insert their own brand guidelines"
  on video.brand_guidelines for insert to authenticated
  with check (user_id = (select private.user_id()));

create policy "Users update their own brand guidelines"
  on video.brand_guidelines for update to authenticated
  using (user_id = (select private.user_id()))
  with check (user_id = (select private.user_id()));

create policy "Users delete their own brand guidelines"
  on video.brand_guidelines for delete to authenticated
  using (user_id = (select private.user_id()));

create policy "Users read their own campaigns and admins read all"
  on video.campaigns for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));

create policy "Users insert their own campaigns"
  on video.campaigns for insert to authenticated
  with check (user_id = (select private.user_id()));

create policy "Users update their own campaigns"
  on video.campaigns for update to authenticated
  using (user_id = (select private.user_id()))
  with check (user_id = (select private.user_id()));

create policy "Users delete their own campaigns"
  on video.campaigns for delete to authenticated
  using (user_id = (select private.user_id()));

create policy "Users read their own storyboard sequences and admins read all"
  on video.storyboard_sequences for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));

create policy "Users insert their own storyboard sequences"
  on video.storyboard_sequences for insert to authenticated
  with check (user_id = (select private.user_id()));

create policy "Users update their own storyboard sequences"
  on video.storyboard_sequences for update to authenticated
  using (user_id = (select private.user_id()))
  with check (user_id = (select private.user_id()));

create policy "Users delete their own storyboard sequences"
  on video.storyboard_sequences for delete to authenticated
  using (user_id = (select private.user_id()));

create policy "Users read their own tool configurations and admins read all"
  on video.tool_configurations for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));

create policy "Users insert their own tool configurations"
  on video.tool_configurations for insert to authenticated
  with check (user_id = (select private.user_id()));

create policy "Users update their own tool configurations"
  on video.tool_configurations for update to authenticated
  using (user_id = (select private.user_id()))
  with check (user_id = (select private.user_id()));

create policy "Users delete their own tool configurations"
  on video.tool_configurations for delete to authenticated
  using (user_id = (select private.user_id()));

create policy "Users read their own style presets and admins read all"
  on video.style_presets for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));

create policy "Users insert their own style presets"
  on video.style_presets for insert to authenticated
  with check (user_id = (select private.user_id()));

create policy "Users update their own style presets"
  on video.style_presets for update to authenticated
  using (user_id = (select private.user_id()))
  with check (user_id = (select private.user_id()));

create policy "Users delete their own style presets"
  on video.style_presets for delete to authenticated
  using (user_id = (select private.user_id()));

create policy "Users read their own tool preset chains and admins read all"
  on video.tool_preset_chains for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));

create policy "Users insert their own tool preset chains"
  on video.tool_preset_chains for insert to authenticated
  with check (user_id = (select private.user_id()));

create policy "Users update their own tool preset chains"
  on video.tool_preset_chains for update to authenticated
  using (user_id = (select private.user_id()))
  with check (user_id = (select private.user_id()));

create policy "Users delete their own tool preset chains"
  on video.tool_preset_chains for delete to authenticated
  using (user_id = (select private.user_id()));

create policy "Users read their platform configurations and admins read all"
  on video.platform_configurations for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));

create policy "Users insert their own platform configurations"
  on video.platform_configurations for insert to authenticated
  with check (user_id = (select private.user_id()));

create policy "Users update their own platform configurations"
  on video.platform_configurations for update to authenticated
  using (user_id = (select private.user_id()))
  with check (user_id = (select private.user_id()));

create policy "Users delete their own platform configurations"
  on video.platform_configurations for delete to authenticated
  using (user_id = (select private.user_id()));

create policy "Users read their own performance metrics and admins read all"
  on video.performance_metrics for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));

create policy "Users insert their own performance metrics"
  on video.performance_metrics for insert to authenticated
  with check (user_id = (select private.user_id()));

create policy "Users update their own performance metrics"
  on video.performance_metrics for update to authenticated
  using (user_id = (select private.user_id()))
  with check (user_id = (select private.user_id()));

-- sql/video/triggers.sql

-- Before any row is locked: the caller's campaigns, parents first, since what these
-- do to a generation changes its campaign's count.
create trigger lock_campaigns
  before delete on video.generations
  for each statement execute function private.video_lock_campaigns();
create trigger lock_campaigns_to_link
  before update of campaign_id on video.generations
  for each statement execute function private.video_lock_campaigns();
create trigger lock_campaigns
  before delete on video.campaigns
  for each statement execute function private.video_lock_campaigns();

create trigger prepare_generation
  before insert on video.generations
  for each row execute function private.video_prepare_generation();
create trigger request_generations
  after insert on video.generations
  referencing new table as inserted
  for each statement execute function private.video_request_generations();
create trigger keep_generation
  before update on video.generations
  for each row execute function private.video_keep_generation();
create trigger count_generations
  after update on video.generations
  referencing old table as before_it new table as after_it
  for each statement execute function private.video_count_generations();
create trigger drop_generations
  after delete on video.generations
  referencing old table as dropped
  for each statement execute function private.video_drop_generations();

-- Named so that it runs first: the others look at the row's user.
create trigger fill_user
  before insert or update on video.brand_guidelines
  for each row execute function private.video_fill_user();
create trigger fill_user
  before insert or update on video.campaigns
  for each row execute function private.video_fill_user();
create trigger fill_user
  before insert or update on video.storyboard_sequences
  for each row execute function private.video_fill_user();
create trigger fill_user
  before insert or update on video.tool_configurations
  for each row execute function private.video_fill_user();
create trigger fill_user
  before insert or update on video.style_presets
  for each row execute function private.video_fill_user();
create trigger fill_user
  before insert or update on video.tool_preset_chains
  for each row execute function private.video_fill_user();
create trigger fill_user
  before insert or update on video.platform_configurations
  for each row execute function private.video_fill_user();
create trigger fill_user
  before insert or update on video.performance_metrics
  for each row execute function private.video_fill_user();

create trigger set_updated_at
  before update on video.brand_guidelines
  for each row execute function private.set_updated_at();
create trigger set_updated_at
  before update on video.campaigns
  for each row execute function private.set_updated_at();
create trigger set_updated_at
  before update on video.storyboard_sequences
  for each row execute function private.set_updated_at();
create trigger set_updated_at
  before update on video.tool_configurations
  for each row execute function private.set_updated_at();
create trigger set_updated_at
  before update on video.style_presets
  for each row execute function private.set_updated_at();
create trigger set_updated_at
  before update on video.tool_preset_chains
  for each row execute function private.set_updated_at();
create trigger set_updated_at
  before update on video.platform_configurations
  for each row execute function private.set_updated_at();

create trigger keep_campaign
  before insert or update on video.campaigns
  for each row execute function private.video_keep_campaign();
-- After the insert, so that an upsert of a completed campaign is not one.
create trigger begin_campaign
  after insert on video.campaigns
  for each row
  when (new.status = 'completed')
  execute function private.video_refuse_campaign_status();
create trigger move_campaign
  before update on video.campaigns
  for each row
  when (
    old.status is distinct from new.status
    and (old.status, new.status) not in (('draft', 'active'), ('active', 'completed'))
  )
  execute function private.video_refuse_campaign_status();
create trigger keep_storyboard
  before insert or update on video.storyboard_sequences
  for each row execute function private.video_keep_storyboard();
create trigger keep_metrics
  before insert or update on video.performance_metrics
  for each row execute function private.video_keep_metrics();

-- sql/video/seed.sql

insert into public.metered_operations (operation, variant, description, unit, credits)
values
  ('video.generate', 'veo-2', 'Generate a video with Veo 2', 'video', 20),
  ('video.generate', 'veo-fast', 'Generate a video with Veo Fast', 'video', 10)
on conflict (operation, variant) do nothing;

-- Started is what a generation is from its insert on, so there is no on_start.
insert into public.job_types (
  type, description, lease, deadline, max_running_per_user, max_queued_per_user,
  subject_table, lock_subject, on_success, on_failure, on_cancel
)
values (
  'video.generate', 'Generate a video', interval '30 seconds', interval '1 hour', 4, 1000,
  'video.generations', 'private.video_lock_generations', 'private.video_finish_generation',
  'private.video_fail_generation', 'private.video_fail_generation'
)
on conflict (type) do nothing;

insert into private.retire_handlers (handler)
values ('private.video_retire_user')
on conflict do nothing;

insert into private.export_handlers (handler)
values ('private.video_export_user')
on conflict do nothing;

-- sql/staging/schema.sql

create schema staging;
grant usage on schema staging to anon, authenticated, service_role;

-- sql/staging/tables.sql

create type staging.image_status as enum ('queued', 'processing', 'ready', 'error');

-- The rooms and styles that a request may name: a row more is a choice more.
create table staging.options (
  kind text not null,
  code text not null,
  label text not null,
  is_active boolean not null default true,
  sort_order integer not null default 0,
  primary key (kind, code),
  constraint "an option is a room or a style" check (kind in ('room_type', 'style')),
  constraint "a code is a word" check (code ~ '^[a-z][a-z0-9_]{0,49}$'),
  constraint "a label is short" check (char_length(label) between 1 and 100)
);
comment on table staging.options is 'The words that images.room_type and images.style may have.';

create table staging.projects (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null default private.user_id() references public.profiles (id),
  name text not null,
  created_at timestamptz not null default now(),
  constraint "a project has a short name" check (char_length(name) between 1 and 200)
);
create index projects_user_id_idx on staging.projects (user_id, created_at desc);
comment on table staging.projects is 'A user''s photos of one property.';

create table staging.images (
  id uuid primary key default gen_random_uuid(),
  project_id uuid not null references staging.projects (id) on delete cascade,
  user_id uuid not null references public.profiles (id),
  original_url text not null,
  staged_url text,
  room_type text,
  style text,
  status staging.image_status not null default 'queued',
  error text,
  files jsonb,
  upload_path text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint "an image's address is bounded" check (char_length(original_url) between 1 and 2048)
);
create index images_project_id_idx on staging.images (project_id, created_at desc);
create index images_user_id_idx on staging.images (user_id, created_at desc);
create index images_upload_path_idx on staging.images (user_id, upload_path);
comment on table staging.images is
  'A photo to stage. Inserting a row is the request: it counts against the plan''s monthly limit and its job is enqueued in the same transaction.';
comment on column staging.images.user_id is 'The project''s user, whatever the caller sends.';
comment on column staging.images.original_url is
  'The upload: its path in the bucket uploads (<user id>/…) or a storage address of it.';
comment on column staging.images.staged_url is 'The result; a private address that answers to its owner''s token.';
comment on column staging.images.error is 'Why it failed, in words for its user.';
comment on column staging.images.upload_path is
  'The upload''s path in the bucket uploads, from original_url.';
comment on column staging.images.files is 'The files of the result, as the worker stored them.';

alter table staging.options enable row level security;
alter table staging.projects enable row level security;
alter table staging.images enable row level security;

-- sql/staging/views.sql

-- The document's words for what the platform owns, for reading.
create view staging.users with (security_invoker = true) as
select
  p.id,
  p.auth0_sub,
  (select c.stripe_customer_id from public.customers as c where c.user_id = p.id) as stripe_customer_id,
  p.role,
  p.created_at
from public.profiles as p;
comment on view staging.users is 'public.profiles; public.ensure_profile() makes the row of an Auth0 user.';

create view staging.jobs with (security_invoker = true) as
select
  j.id,
  j.subject_id as image_id,
  j.type,
  j.payload as payload_json,
  -- A job that waits for its provider is under way; one that was cancelled gave nothing.
  case j.status
    when 'waiting' then 'processing'
    when 'cancelled' then 'failed'
    else j.status
  end as status,
  j.error,
  j.created_at,
  j.started_at,
  j.finished_at
from public.jobs as j
where j.type = 'stage:run';
comment on view staging.jobs is 'The jobs of images: public.jobs of the type stage:run.';

create view staging.plans with (security_invoker = true) as
select p.id, p.code, p.price_id, p.monthly_limit
from public.plans as p;
comment on view staging.plans is
  'public.plans. monthly_limit is images a billing period (free: a calendar month); null is no limit.';

create view staging.processed_events with (security_invoker = true) as
select
  e.id,
  e.external_id as stripe_event_id,
  e.event_type as type,
  e.payload,
  e.received_at
from public.webhook_events as e
where e.source = 'stripe';
comment on view staging.processed_events is 'What Stripe sent: public.webhook_events. For admins.';

create view staging.subscriptions with (security_invoker = true) as
select
  s.row_id as id,
  s.user_id,
  s.id as stripe_subscription_id,
  s.status,
  s.price_id,
  s.current_period_start,
  s.current_period_end,
  s.cancel_at,
  s.canceled_at,
  s.cancel_at_period_end,
  s.created_at,
  s.updated_at
from public.subscriptions as s
where s.source = 'stripe';
comment on view staging.subscriptions is 'public.subscriptions at Stripe, in Stripe''s words.';

create view staging.invoices with (security_invoker = true) as
select
  i.id,
  i.user_id,
  i.external_id as stripe_invoice_id,
  i.subscription_id as stripe_subscription_id,
  i.status,
  i.amount_due,
  i.amount_paid,
  i.currency,
  i.invoice_number,
  i.created_at,
  i.updated_at
from public.invoices as i
where i.source = 'stripe';
comment on view staging.invoices is 'public.invoices of Stripe; amounts are in minor units (cents).';

-- sql/staging/functions/staging_check_option.sql

-- Refuses a room or style that is not offered, by PT400 input_invalid; null is fine.
create function private.staging_check_option(p_kind text, p_code text)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  if p_code is null or exists (
    select 1 from staging.options as o where o.kind = p_kind and o.code = p_code and o.is_active
  ) then
    return;
  end if;
  raise exception using
    errcode = 'PT400', message = 'input_invalid',
    detail = format(
      '%s must be one of: %s.', p_kind,
      (
        select string_agg(o.code, ', ' order by o.sort_order, o.code)
        from staging.options as o
        where o.kind = p_kind and o.is_active
      )
    ),
    hint = 'The choices are in staging.options.';
end;
$$;

-- sql/staging/functions/staging_drop_images.sql

-- Images that are deleted, with their project or alone: open jobs end, their results
-- go, and their uploads too, unless another image shows them.
create function private.staging_drop_images()
returns trigger
language plpgsql
security definer            -- jobs and files are not the caller's to write
set search_path = ''
as $$
declare
  v_user record;
begin
  perform private.cancel_jobs(
    array(
      select j.id
      from public.jobs as j
      join dropped as d
        on d.id = j.subject_id and d.user_id = j.user_id and j.type = 'stage:run'
      where j.finished_at is null
    ),
    'The image was deleted.'
  );
  for v_user in
    select d.user_id, array_agg(f.value ->> 'path') as paths
    from dropped as d
    cross join lateral jsonb_array_elements(coalesce(d.files, '[]'::jsonb)) as f
    group by d.user_id
    order by d.user_id
  loop
    perform private.remove_files(v_user.user_id, 'results', v_user.paths);
  end loop;
  for v_user in
    select d.user_id, array_agg(d.upload_path) as paths
    from dropped as d
    where not exists (
      select 1
      from staging.images as i
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

-- sql/staging/functions/staging_export_user.sql

-- Everything that staging keeps of a user, table to rows.
create function private.staging_export_user(p_user_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'staging.projects', (
      select coalesce(jsonb_agg(to_jsonb(p) order by p.created_at, p.id), '[]'::jsonb)
      from staging.projects as p where p.user_id = p_user_id
    ),
    'staging.images', (
      select coalesce(jsonb_agg(to_jsonb(i) order by i.created_at, i.id), '[]'::jsonb)
      from staging.images as i where i.user_id = p_user_id
    )
  );
$$;

-- sql/staging/functions/staging_fail_image.sql

-- An image failed or was cancelled; the document knows one word for both.
create function private.staging_fail_image(p_job public.jobs)
returns void
language plpgsql
set search_path = ''
as $$
begin
  update staging.images as i
  set status = 'error', error = p_job.error
  where i.id = p_job.subject_id;
end;
$$;

-- sql/staging/functions/staging_finish_image.sql

-- A result arrived: the image shows it.
create function private.staging_finish_image(p_job public.jobs)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_staged jsonb := private.result_file(p_job, 'processed');
begin
  if v_staged is null then
    raise exception using
      errcode = 'PT422', message = 'result_invalid',
      detail = 'The result has no file "processed" in the user''s folder of the bucket results.';
  end if;
  update staging.images as i
  set
    status = 'ready',
    staged_url = private.object_url('results', v_staged ->> 'path'),
    files = p_job.result -> 'files',
    error = null
  where i.id = p_job.subject_id;
end;
$$;

-- sql/staging/functions/staging_lock_images.sql

-- Locks what jobs stand on: the images, by id.
create function private.staging_lock_images(p_jobs public.jobs[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform 1
  from staging.images as i
  where i.id in (select j.subject_id from unnest(p_jobs) as j)
  order by i.id
  for no key update;
end;
$$;

-- sql/staging/functions/staging_my_usage.sql

-- The caller's plan and what of it is used.
create function private.staging_my_usage()
returns jsonb
language plpgsql
stable
security definer            -- plans that are not for sale and all jobs are counted
set search_path = ''
as $$
declare
  v_user_id uuid := private.require_user_id();
  v_usage record;
begin
  select * into v_usage from private.staging_usage(v_user_id);
  return jsonb_build_object(
    'plan', v_usage.plan,
    'monthly_limit', v_usage.monthly_limit,
    'used', v_usage.used,
    'remaining', case
      when v_usage.monthly_limit is not null then greatest(v_usage.monthly_limit - v_usage.used, 0)
    end,
    'period_start', v_usage.period_start,
    'period_end', v_usage.period_end
  );
end;
$$;
grant execute on function private.staging_my_usage() to authenticated;

-- sql/staging/functions/staging_prepare_image.sql

-- What a request may say. The user and the state are not the caller's to choose,
-- whatever they send; the original is a file of their folder.
create function private.staging_prepare_image()
returns trigger
language plpgsql
security definer            -- looks the project up whatever the caller sees
set search_path = ''
as $$
declare
  v_caller uuid := private.user_id();
  v_owner uuid;
  v_project staging.projects;
begin
  -- The user, then the project: both stay until this commits.
  select p.user_id into v_owner from staging.projects as p where p.id = new.project_id;
  if found and (private.jwt_sub() is null or v_owner = v_caller) then
    perform private.require_active(v_owner);
    select * into v_project from staging.projects as p where p.id = new.project_id for key share;
  end if;
  if v_project.id is null then
    raise exception using
      errcode = 'PT404', message = 'project_not_found',
      detail = format('You have no project %s.', coalesce(new.project_id::text, 'null')),
      hint = 'Insert the project first.';
  end if;
  perform private.staging_check_option('room_type', new.room_type);
  perform private.staging_check_option('style', new.style);
  new.user_id := v_project.user_id;
  new.upload_path := private.require_upload(v_project.user_id, new.original_url);
  new.staged_url := null;
  new.status := 'queued';
  new.error := null;
  new.files := null;
  return new;
end;
$$;

-- sql/staging/functions/staging_prepare_project.sql

-- A project belongs to who inserts it. Somebody else's is refused by the policy, whether
-- that user exists or not.
create function private.staging_prepare_project()
returns trigger
language plpgsql
security definer            -- locks the user's profile
set search_path = ''
as $$
begin
  if private.jwt_sub() is null or new.user_id is not distinct from private.user_id() then
    perform private.require_present(new.user_id);
  end if;
  return new;
end;
$$;

-- sql/staging/functions/staging_request_images.sql

-- The gate of staging: after the rows are in, so that a conflicting insert that was
-- not one counts nothing, and once a statement, however many rows it has. The jobs
-- come first, since enqueueing locks the user's lane: of two requests at once the
-- second counts the first's. One over the limit takes its whole statement back.
create function private.staging_request_images()
returns trigger
language plpgsql
security definer            -- jobs are not the caller's to write
set search_path = ''
as $$
declare
  v_user_id uuid;
  v_asked integer;
  v_usage record;
begin
  perform private.request_jobs(array(
    select
      row(
        i.user_id,
        'stage:run',
        i.id,
        jsonb_build_object(
          'operation', 'stage',
          'image_id', i.id,
          'room_type', i.room_type,
          'style', i.style,
          'provider', private.setting('staging_provider', 'local'),
          'source', jsonb_build_object('bucket', 'uploads', 'path', i.upload_path)
        ),
        null, null, 1
      )::private.job_request
    from inserted as i
    order by i.id
  ));

  for v_user_id, v_asked in
    select i.user_id, count(*)::integer from inserted as i group by i.user_id order by i.user_id
  loop
    select * into v_usage from private.staging_usage(v_user_id);
    if v_usage.used > v_usage.monthly_limit then
      raise exception using
        errcode = 'PT403', message = 'monthly_limit_reached',
        detail = format(
          'Plan %s: %s images a month, %s used, %s asked; it starts anew at %s.',
          v_usage.plan, v_usage.monthly_limit, v_usage.used - v_asked, v_asked,
          to_char(v_usage.period_end at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
        ),
        hint = 'Wait until then, or take a larger plan.';
    end if;
  end loop;
  return null;
end;
$$;

-- sql/staging/functions/staging_retire_user.sql

-- A user leaves: their projects go, and with them open work and files.
create function private.staging_retire_user(p_user_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  delete from staging.projects as p where p.user_id = p_user_id;
end;
$$;

-- sql/staging/functions/staging_start_image.sql

create function private.staging_start_image(p_job public.jobs)
returns void
language plpgsql
set search_path = ''
as $$
begin
  update staging.images as i
  set status = 'processing', error = null
  where i.id = p_job.subject_id;
end;
$$;

-- sql/staging/functions/staging_usage.sql

-- A user's plan, its limit, and what of it is used in the running period: that of
-- the subscription, else the calendar month (UTC) of the plan free. Counted are jobs,
-- not images: a photo that was staged and deleted is used up, one that failed or was
-- cancelled is not.
create function private.staging_usage(
  p_user_id uuid,
  p_now timestamptz default now(),
  out plan text,
  out monthly_limit integer,
  out used integer,
  out period_start timestamptz,
  out period_end timestamptz
)
language plpgsql
stable
set search_path = ''
as $$
begin
  select p.code, p.monthly_limit, s.current_period_start, s.current_period_end
  into plan, monthly_limit, period_start, period_end
  from public.subscriptions as s
  join public.plans as p on p.id = s.plan_id
  where s.user_id = p_user_id and s.status in ('trialing', 'active', 'past_due')
  order by s.current_period_end desc, s.id
  limit 1;
  if not found then
    plan := 'free';
    select p.monthly_limit into monthly_limit from public.plans as p where p.code = plan;
    if not found then
      monthly_limit := 0;     -- without a plan "free" nothing is; null would be no limit
    end if;
    period_start := date_trunc('month', p_now, 'UTC');
    period_end := date_trunc('month', p_now, 'UTC') + interval '1 month';
  end if;
  select count(*)::integer into used
  from public.jobs as j
  where j.user_id = p_user_id
    and j.created_at >= period_start
    and j.type = 'stage:run'
    and j.status not in ('failed', 'cancelled');
end;
$$;

-- sql/staging/api/my_usage.sql

create function staging.my_usage()
returns jsonb
language sql
stable
security invoker
set search_path = ''
begin atomic
  select private.staging_my_usage();
end;
grant execute on function staging.my_usage() to authenticated;
comment on function staging.my_usage() is
  'The caller''s plan as {plan, monthly_limit, used, remaining, period_start, period_end}: images, counted in the subscription''s period or the calendar month (UTC). Null limit and remaining: no limit. Errors: PT403 not_signed_in.';

-- sql/staging/policies.sql

grant select on staging.options to anon, authenticated, service_role;
grant insert, update, delete on staging.options to service_role;

grant select, delete on staging.projects to authenticated;
grant insert (id, user_id, name) on staging.projects to authenticated;
-- A front end upserts whole rows, so key and owner are granted too and held by the
-- policies.
grant update (id, user_id, name) on staging.projects to authenticated;
grant select, insert, update, delete on staging.projects to service_role;

-- A request is not changed: another style is another image.
grant select, delete on staging.images to authenticated;
grant insert (id, project_id, original_url, room_type, style) on staging.images to authenticated;
grant select, insert, delete on staging.images to service_role;

create policy "Everyone reads the choices"
  on staging.options for select to anon, authenticated
  using (is_active);

create policy "Users read their own projects and admins read all"
  on staging.projects for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));

create policy "Users insert their own projects"
  on staging.projects for insert to authenticated
  with check (user_id = (select private.user_id()));

create policy "Users update their own projects"
  on staging.projects for update to authenticated
  using (user_id = (select private.user_id()))
  with check (user_id = (select private.user_id()));

create policy "Users delete their own projects and admins delete any"
  on staging.projects for delete to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));

create policy "Users read their own images and admins read all"
  on staging.images for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));

create policy "Users request images in their own projects"
  on staging.images for insert to authenticated
  with check (user_id = (select private.user_id()));

create policy "Users delete their own images and admins delete any"
  on staging.images for delete to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));

-- The views are for reading; the platform's policies decide whose rows they show.
grant select on staging.users to authenticated, service_role;
grant select on staging.jobs to authenticated, service_role;
grant select on staging.plans to anon, authenticated, service_role;
grant select on staging.processed_events to authenticated, service_role;
grant select on staging.subscriptions to authenticated, service_role;
grant select on staging.invoices to authenticated, service_role;

-- sql/staging/triggers.sql

create trigger keep_owner
  before update of user_id on staging.projects
  for each row
  when (old.user_id is distinct from new.user_id)
  execute function private.keep_owner();
create trigger prepare_project
  before insert on staging.projects
  for each row execute function private.staging_prepare_project();

create trigger set_updated_at
  before update on staging.images
  for each row execute function private.set_updated_at();
create trigger prepare_image
  before insert on staging.images
  for each row execute function private.staging_prepare_image();
create trigger request_images
  after insert on staging.images
  referencing new table as inserted
  for each statement execute function private.staging_request_images();
create trigger drop_images
  after delete on staging.images
  referencing old table as dropped
  for each statement execute function private.staging_drop_images();

-- sql/staging/seed.sql

insert into staging.options (kind, code, label, sort_order)
values
  ('room_type', 'living_room', 'Living room', 1),
  ('room_type', 'bedroom', 'Bedroom', 2),
  ('room_type', 'kitchen', 'Kitchen', 3),
  ('room_type', 'dining_room', 'Dining room', 4),
  ('room_type', 'bathroom', 'Bathroom', 5),
  ('room_type', 'home_office', 'Home office', 6),
  ('room_type', 'kids_room', 'Kids'' room', 7),
  ('room_type', 'outdoor', 'Outdoor', 8),
  ('style', 'modern', 'Modern', 1),
  ('style', 'scandinavian', 'Scandinavian', 2),
  ('style', 'minimalist', 'Minimalist', 3),
  ('style', 'contemporary', 'Contemporary', 4),
  ('style', 'traditional', 'Traditional', 5),
  ('style', 'industrial', 'Industrial', 6),
  ('style', 'farmhouse', 'Farmhouse', 7),
  ('style', 'coastal', 'Coastal', 8),
  ('style', 'mid_century', 'Mid-century', 9),
  ('style', 'luxury', 'Luxury', 10)
on conflict (kind, code) do nothing;

insert into public.job_types (
  type, description, lease, deadline, max_running_per_user, max_queued_per_user,
  subject_table, lock_subject, on_start, on_success, on_failure, on_cancel
)
values (
  'stage:run', 'Stage the photo of a room', '30 seconds', '30 minutes', 4, 10000,
  'staging.images', 'private.staging_lock_images', 'private.staging_start_image',
  'private.staging_finish_image', 'private.staging_fail_image', 'private.staging_fail_image'
)
on conflict (type) do nothing;

insert into public.api_costs (api_provider, operation_type, cost_per_operation, effective_date)
values ('local', 'stage', 0, date '2026-01-01')
on conflict do nothing;

insert into private.retire_handlers (handler)
values ('private.staging_retire_user')
on conflict do nothing;

insert into private.export_handlers (handler)
values ('private.staging_export_user')
on conflict do nothing;

-- sql/social/schema.sql

create schema social;
grant usage on schema social to anon, authenticated, service_role;

create type social.social_platform as enum (
  'instagram', 'whatsapp', 'facebook', 'twitter', 'linkedin', 'tiktok', 'youtube'
);
comment on type social.social_platform is 'Where an account lives.';

-- sql/social/roles.sql

-- Who LangGraph's checkpointer connects as: DML on its tables and nothing else. Made
-- without a password and without login; the installation gives both (docs/deploy.md):
--   alter role langgraph login password '…';
-- Roles belong to the server, not to the database, so it may be there already; two
-- databases may be made at once. It passes row level security since it serves every
-- user's threads: the server that uses it asks the thread's owner first.
do $$
begin
  if not exists (select from pg_catalog.pg_roles as r where r.rolname = 'langgraph') then
    create role langgraph nologin noinherit bypassrls;
    -- For savers that name no schema.
    alter role langgraph set search_path to social;
  end if;
exception when duplicate_object or unique_violation then
  null;
end;
$$;

-- sql/social/tables_accounts.sql

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

-- sql/social/tables_messaging.sql

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

-- sql/social/tables_posts.sql

create table social.scheduled_posts (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references public.profiles (id),
  channel_id uuid not null references social.social_accounts (id) on delete cascade,
  platform text not null,
  content_json jsonb not null,
  publish_at timestamptz not null,
  rrule text,
  status text not null default 'queued',
  retry_count integer not null default 0,
  platform_post_id text,
  error_message text,
  last_check_at timestamptz,
  next_check_at timestamptz,
  stop_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint "a post's platform is known" check (platform in ('instagram', 'whatsapp')),
  constraint "a post has a known status" check (
    status in ('queued', 'publishing', 'published', 'failed', 'cancelled')
  ),
  constraint "a post is retried at most 3 times" check (retry_count between 0 and 3),
  constraint "a post is published some day" check (isfinite(publish_at)),
  constraint "post texts are bounded" check (
    char_length(rrule) <= 1000
    and char_length(platform_post_id) between 1 and 255
    and char_length(error_message) <= 2000
    and pg_column_size(content_json) <= 65536
  )
);
create index scheduled_posts_user_id_idx on social.scheduled_posts (user_id, publish_at desc);
create index scheduled_posts_channel_id_idx on social.scheduled_posts (channel_id, publish_at desc);
create index scheduled_posts_publish_at_idx on social.scheduled_posts (publish_at)
  where status = 'queued';
create index scheduled_posts_next_check_at_idx on social.scheduled_posts (next_check_at)
  where next_check_at is not null;
comment on table social.scheduled_posts is
  'Posts to publish: queued, publishing, then published or failed, with at most 3 retries; cancelled from queued.';
comment on column social.scheduled_posts.user_id is 'The channel''s user, whatever the caller sends.';
comment on column social.scheduled_posts.platform is 'The channel''s; filled in when it is not sent.';
comment on column social.scheduled_posts.content_json is
  '{text: string, media: [{type, url}]}: text up to 10000 characters, up to 20 media, at least one of both.';
comment on column social.scheduled_posts.rrule is 'A recurrence rule of RFC 5545, e.g. FREQ=WEEKLY;BYDAY=MO.';
comment on column social.scheduled_posts.status is
  'The service moves it; its user may write cancelled while it is queued.';
comment on column social.scheduled_posts.retry_count is 'Counted by trigger when a post goes from publishing back to queued.';
comment on column social.scheduled_posts.stop_at is 'When the polling of its comments ends: 7 days after it was published.';

create table social.post_runs (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references public.profiles (id),
  scheduled_post_id uuid not null references social.scheduled_posts (id) on delete cascade,
  started_at timestamptz,
  finished_at timestamptz,
  status text,
  error text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint "a run ends in success or failed" check (status in ('success', 'failed')),
  constraint "a run's error is bounded" check (char_length(error) <= 5000),
  constraint "a run ends after it began" check (finished_at >= started_at)
);
create index post_runs_user_id_idx on social.post_runs (user_id, created_at desc);
create index post_runs_scheduled_post_id_idx on social.post_runs (scheduled_post_id, created_at desc);
comment on table social.post_runs is 'Attempts at publishing a post.';
comment on column social.post_runs.user_id is 'The post''s user, whatever the caller sends.';
comment on column social.post_runs.status is 'success or failed; null while it runs.';

create table social.monitored_posts (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references public.profiles (id),
  social_account_id uuid not null references social.social_accounts (id) on delete cascade,
  platform_post_id text not null,
  platform text not null,
  caption text,
  media_url text,
  posted_at timestamptz not null default now(),
  source text not null default 'manual',
  monitoring_enabled boolean not null default false,
  monitoring_started_at timestamptz,
  monitoring_ends_at timestamptz,
  last_check_at timestamptz,
  next_check_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  -- Importing an account's posts again finds them.
  constraint "a platform's post is monitored once an account"
    unique (social_account_id, platform_post_id),
  constraint "a monitored post's platform is known" check (
    platform in ('instagram', 'facebook', 'twitter')
  ),
  constraint "a monitored post has a known source" check (source in ('scheduled', 'imported', 'manual')),
  constraint "monitoring has an end within 30 days" check (
    not monitoring_enabled
    or (
      monitoring_started_at is not null
      and monitoring_ends_at is not null
      and monitoring_ends_at > monitoring_started_at
      and monitoring_ends_at <= monitoring_started_at + interval '30 days 1 hour'
    )
  ),
  constraint "monitored post texts are bounded" check (
    char_length(platform_post_id) between 1 and 255
    and char_length(caption) <= 10000
    and char_length(media_url) <= 2048
  ),
  constraint "a post was posted some day" check (isfinite(posted_at))
);
create index monitored_posts_user_id_idx on social.monitored_posts (user_id, posted_at desc, id desc);
create index monitored_posts_next_check_at_idx on social.monitored_posts (next_check_at)
  where monitoring_enabled;
comment on table social.monitored_posts is 'Published posts whose comments are looked at while monitoring is on.';
comment on column social.monitored_posts.user_id is 'The account''s user, whatever the caller sends.';
comment on column social.monitored_posts.platform is 'The account''s; filled in when it is not sent.';
comment on column social.monitored_posts.monitoring_ends_at is
  'Set when monitoring is enabled: the days of the account''s or the user''s rule, else 7; at most 30.';
comment on column social.monitored_posts.next_check_at is 'When comments are fetched next, 5 to 30 minutes apart.';

create table social.monitoring_rules (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references public.profiles (id),
  social_account_id uuid references social.social_accounts (id) on delete cascade,
  auto_monitor_enabled boolean not null default true,
  auto_monitor_count integer not null default 5,
  monitoring_duration_days integer not null default 7,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint "a user has one rule an account, and one for the rest"
    unique nulls not distinct (user_id, social_account_id),
  constraint "1 to 20 posts are monitored" check (auto_monitor_count between 1 and 20),
  constraint "monitoring lasts 1 to 30 days" check (monitoring_duration_days between 1 and 30)
);
create index monitoring_rules_social_account_id_idx on social.monitoring_rules (social_account_id)
  where social_account_id is not null;
comment on table social.monitoring_rules is
  'Which of a user''s posts are monitored, and how long; without an account the rule is for all accounts that have none.';

create table social.comments (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references public.profiles (id),
  post_id uuid references social.scheduled_posts (id) on delete cascade,
  monitored_post_id uuid references social.monitored_posts (id) on delete cascade,
  platform_comment_id text not null,
  author_name text,
  author_id text,
  author_avatar_url text,
  text text not null,
  parent_id text,
  like_count integer not null default 0,
  triage text,
  ai_reply_text text,
  ai_decision_id uuid references social.ai_decisions (id) on delete set null,
  replied_at timestamptz,
  hidden boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  -- Polling and webhooks tell the same comment more than once.
  constraint "a comment is kept once a post" unique (monitored_post_id, platform_comment_id),
  constraint "a comment belongs to a post" check (num_nonnulls(post_id, monitored_post_id) > 0),
  constraint "a comment is triaged into a known class" check (triage in ('respond', 'ignore', 'escalate')),
  constraint "a comment is not its own parent" check (parent_id <> platform_comment_id),
  constraint "likes are not negative" check (like_count >= 0),
  constraint "comment texts are bounded" check (
    char_length(platform_comment_id) between 1 and 255
    and char_length(author_name) <= 255
    and char_length(author_id) <= 255
    and char_length(author_avatar_url) <= 2048
    and char_length(text) <= 20000
    and char_length(parent_id) between 1 and 255
    and char_length(ai_reply_text) <= 20000
  )
);
create index comments_user_id_idx on social.comments (user_id, created_at desc);
create index comments_monitored_post_id_idx on social.comments (monitored_post_id, created_at desc);
create index comments_parent_id_idx on social.comments (monitored_post_id, parent_id)
  where parent_id is not null;
create index comments_post_id_idx on social.comments (post_id) where post_id is not null;
create index comments_ai_decision_id_idx on social.comments (ai_decision_id)
  where ai_decision_id is not null;
-- Comments awaiting a reply.
create index comments_triage_idx on social.comments (user_id, triage, created_at)
  where replied_at is null;
comment on table social.comments is 'Comments on monitored posts; they come from polling and webhooks alone.';
comment on column social.comments.user_id is 'The post''s user, whatever the caller sends.';
comment on column social.comments.post_id is 'Deprecated: a scheduled post; use monitored_post_id.';
comment on column social.comments.parent_id is
  'platform_comment_id of the comment that this one answers; no foreign key, since an answer may arrive first.';
comment on column social.comments.triage is 'respond, ignore or escalate; null until it was looked at.';

alter table social.scheduled_posts enable row level security;
alter table social.post_runs enable row level security;
alter table social.monitored_posts enable row level security;
alter table social.monitoring_rules enable row level security;
alter table social.comments enable row level security;

-- sql/social/tables_analytics.sql

create table social.analytics (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references public.profiles (id),
  content_id uuid not null,
  platform social.social_platform not null,
  likes integer not null default 0,
  shares integer not null default 0,
  comments integer not null default 0,
  impressions integer not null default 0,
  reach integer not null default 0,
  engagement_rate numeric not null default 0,
  clicks integer not null default 0,
  conversions integer not null default 0,
  raw_metrics jsonb,
  recorded_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint "metrics are not negative" check (
    least(likes, shares, comments, impressions, reach, clicks, conversions) >= 0
  ),
  constraint "an engagement rate is a number from 0" check (engagement_rate between 0 and 1000000),
  constraint "raw metrics are bounded" check (pg_column_size(raw_metrics) <= 65536)
);
create index analytics_user_id_idx on social.analytics (user_id, recorded_at desc);
create index analytics_content_id_idx on social.analytics (content_id, recorded_at desc);
comment on table social.analytics is 'The newest numbers of a post on a platform.';
comment on column social.analytics.user_id is 'The post''s user, whatever the caller sends.';
comment on column social.analytics.content_id is
  'A monitored or a scheduled post; no foreign key, since it may be either, and numbers outlive the post.';

create table social.analytics_history (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references public.profiles (id),
  content_id uuid not null,
  platform social.social_platform not null,
  likes integer not null default 0,
  shares integer not null default 0,
  comments integer not null default 0,
  impressions integer not null default 0,
  reach integer not null default 0,
  engagement_rate numeric not null default 0,
  clicks integer not null default 0,
  conversions integer not null default 0,
  raw_metrics jsonb,
  recorded_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index analytics_history_user_id_idx on social.analytics_history (user_id, recorded_at desc);
create index analytics_history_content_id_idx on social.analytics_history (content_id, recorded_at desc);
comment on table social.analytics_history is
  'A snapshot of analytics whenever its numbers were new or changed, written by trigger alone.';

create table social.topic_analysis (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references public.profiles (id),
  topic_id integer not null,
  topic_label text,
  topic_keywords text[],
  message_count integer not null default 0,
  sample_messages text[] not null default '{}',
  date_range_start timestamptz,
  date_range_end timestamptz,
  analysis_date date not null default current_date,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint "a topic is -1 or counted from 0" check (topic_id >= -1),
  constraint "a topic has no fewer than 0 messages" check (message_count >= 0),
  constraint "a topic's range ends after it began" check (date_range_end >= date_range_start),
  constraint "topic texts are bounded" check (
    char_length(topic_label) <= 500
    and cardinality(topic_keywords) <= 100 and pg_column_size(topic_keywords) <= 16384
    and cardinality(sample_messages) <= 100 and pg_column_size(sample_messages) <= 262144
  )
);
create index topic_analysis_user_id_idx on social.topic_analysis (user_id, analysis_date desc);
comment on table social.topic_analysis is 'What a user''s customers write about, found by BERTopic.';
comment on column social.topic_analysis.topic_id is 'BERTopic''s number of the topic; -1 are the outliers.';

create table social.bertopic_models (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references public.profiles (id),
  model_version text not null,
  storage_path text not null,
  date_range_start timestamptz,
  date_range_end timestamptz,
  total_topics integer not null default 0,
  total_documents integer not null default 0,
  is_active boolean not null default true,
  metadata jsonb not null default '{}'::jsonb,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint "a model's version is YYYYMMDD_HHMMSS" check (model_version ~ '^\d{8}_\d{6}$'),
  constraint "a model's path is bounded" check (char_length(storage_path) between 1 and 1024),
  constraint "a model's totals are not negative" check (total_topics >= 0 and total_documents >= 0),
  constraint "a model's range ends after it began" check (date_range_end >= date_range_start),
  constraint "model metadata is a small object" check (
    jsonb_typeof(metadata) = 'object' and pg_column_size(metadata) <= 65536
  )
);
create index bertopic_models_user_id_idx on social.bertopic_models (user_id, created_at desc);
create unique index bertopic_models_active_idx on social.bertopic_models (user_id)
  where is_active;
comment on table social.bertopic_models is
  'Trained topic models of a user, one of them active: a newer active one takes over.';
comment on column social.bertopic_models.model_version is 'YYYYMMDD_HHMMSS.';

alter table social.analytics enable row level security;
alter table social.analytics_history enable row level security;
alter table social.topic_analysis enable row level security;
alter table social.bertopic_models enable row level security;

-- sql/social/views_identity.sql

-- The document's users are the platform's profiles.
create view social.users
with (security_invoker = true) as
select
  p.id,
  p.email,
  p.full_name,
  p.is_active,
  p.created_at,
  p.updated_at
from public.profiles as p;
comment on view social.users is
  'Profiles in the words of social. Users write their full_name; email follows sign-in, and only admins and the service write is_active.';

-- sql/social/tables_knowledge.sql

-- What a user's AI knows: documents cut into chunks with their embeddings, and
-- questions with answers.
create table social.knowledge_documents (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references public.profiles (id),
  title text,
  bucket_id text,
  object_name text,
  storage_object_id uuid,
  file_size_bytes bigint not null default 0,
  status text not null default 'processing',
  embed_model text not null default 'gemini-embedding-001',
  lang_code text not null default 'simple',
  tsconfig text not null default 'simple',
  last_ingested_at timestamptz default now(),
  last_embedded_at timestamptz,
  is_deleted boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint "a document has a known status" check (status in ('processing', 'indexed', 'failed')),
  constraint "a document's size is not negative" check (file_size_bytes >= 0),
  constraint "a file has a bucket and a name" check ((bucket_id is null) = (object_name is null)),
  constraint "document texts are bounded" check (
    char_length(title) <= 500
    and char_length(bucket_id) <= 100
    and char_length(object_name) <= 1024
    and char_length(embed_model) between 1 and 200
    and char_length(lang_code) between 1 and 20
    and char_length(tsconfig) <= 63
  )
);
create index knowledge_documents_user_id_idx on social.knowledge_documents (user_id, created_at desc);
comment on table social.knowledge_documents is
  'A document of a user''s knowledge base; its text lies in knowledge_chunks.';
comment on column social.knowledge_documents.object_name is
  'The file in the bucket, in its user''s folder: <user id>/….';
comment on column social.knowledge_documents.storage_object_id is
  'The storage object of that name when the row was written, whatever the caller sends. No foreign key: storage.objects belongs to the storage service, whose deletes must neither fail nor take documents along.';
comment on column social.knowledge_documents.file_size_bytes is 'The object''s size where there is one, else as sent.';
comment on column social.knowledge_documents.tsconfig is 'A text search configuration of Postgres, e.g. english.';
comment on column social.knowledge_documents.is_deleted is 'Hidden from search, kept until the row is deleted.';

create table social.knowledge_chunks (
  id uuid primary key default gen_random_uuid(),
  document_id uuid not null references social.knowledge_documents (id) on delete cascade,
  user_id uuid not null references public.profiles (id),
  chunk_index integer not null,
  content text not null,
  embedding extensions.vector(768),
  token_count integer,
  start_char integer,
  end_char integer,
  tsv tsvector,
  lang_code text not null default 'simple',
  tsconfig text not null default 'simple',
  metadata jsonb not null default '{}'::jsonb,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint "a document has a chunk once" unique (document_id, chunk_index),
  -- It has no cosine distance to anything.
  constraint "an embedding is not all zeros" check (extensions.vector_norm(embedding) > 0),
  constraint "a chunk's numbers are not negative" check (
    chunk_index >= 0 and token_count >= 0 and start_char >= 0 and end_char >= start_char
  ),
  constraint "chunk texts are bounded" check (
    char_length(content) between 1 and 20000
    and char_length(lang_code) between 1 and 20
    and char_length(tsconfig) <= 63
    and jsonb_typeof(metadata) = 'object'
    and pg_column_size(metadata) <= 16384
  )
);
-- One user's chunks by configuration: search begins here, so that it costs what its
-- user has, whoever else has how many.
create index knowledge_chunks_user_id_idx on social.knowledge_chunks (user_id, tsconfig);
create index knowledge_chunks_tsv_idx on social.knowledge_chunks using gin (tsv);
comment on table social.knowledge_chunks is
  'The pieces of a document, each with its embedding and its words. Searched by social.search_knowledge().';
comment on column social.knowledge_chunks.user_id is 'The document''s user, whatever the caller sends.';
comment on column social.knowledge_chunks.embedding is '768 dimensions (gemini-embedding-001), compared by cosine distance.';
comment on column social.knowledge_chunks.tsv is 'The words of content in tsconfig, kept by a trigger.';

create table social.faq_qa (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references public.profiles (id),
  title text,
  questions text[] not null default '{}',
  answer text not null,
  text_size_bytes integer not null default 0,
  lang_code text not null default 'simple',
  tsconfig text not null default 'simple',
  is_active boolean not null default true,
  metadata jsonb not null default '{}'::jsonb,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint "a text size is not negative" check (text_size_bytes >= 0),
  constraint "faq questions are a bounded list" check (
    coalesce(array_ndims(questions), 1) = 1
    and cardinality(questions) <= 50
    and array_position(questions, null) is null
  ),
  constraint "faq texts are bounded" check (
    char_length(title) <= 500
    and char_length(answer) between 1 and 10000
    and char_length(lang_code) between 1 and 20
    and char_length(tsconfig) <= 63
    and jsonb_typeof(metadata) = 'object'
    and pg_column_size(metadata) <= 16384
  )
);
create index faq_qa_user_id_idx on social.faq_qa (user_id, created_at desc);
comment on table social.faq_qa is 'An answer and the phrasings of the question that it answers.';
comment on column social.faq_qa.questions is 'Up to 50 phrasings of 1 to 500 characters.';
comment on column social.faq_qa.text_size_bytes is 'Bytes of title, questions and answer, kept by a trigger.';

alter table social.knowledge_documents enable row level security;
alter table social.knowledge_chunks enable row level security;
alter table social.faq_qa enable row level security;

-- sql/social/tables_studio.sql

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

-- sql/social/views_billing.sql

-- The platform's credits and billing in the words of this document. Each view has one
-- base table in FROM, and shows what its caller may see of it.
create view social.user_credits
with (security_invoker = true) as
select
  a.user_id as id,
  a.user_id,
  (
    select s.id
    from public.subscriptions as s
    where s.user_id = a.user_id and s.status in ('trialing', 'active', 'past_due')
    order by s.current_period_end desc, s.id
    limit 1
  ) as subscription_id,
  a.balance as credits_balance,
  a.plan_credits,
  a.next_reset_at,
  -- The platform counts the files of its buckets; texts without a file are ours.
  a.storage_used_mb + (
    (
      select coalesce(sum(d.file_size_bytes), 0)
      from social.knowledge_documents as d
      where d.user_id = a.user_id
        and (d.storage_object_id is null or d.bucket_id not in ('uploads', 'results'))
    )
    + (select coalesce(sum(f.text_size_bytes), 0) from social.faq_qa as f where f.user_id = a.user_id)
  )::double precision / 1048576 as storage_used_mb,
  a.created_at,
  a.updated_at
from public.credit_accounts as a;
comment on view social.user_credits is
  'A user''s credits: public.credit_accounts in this document''s words. credits_balance is what can be spent now.';

create view social.credit_transactions
with (security_invoker = true) as
select
  t.id,
  t.user_id,
  case t.transaction_type
    when 'purchase' then 'purchase'
    when 'monthly_reset' then 'monthly_reset'
    -- A reset is the expiry of what was left and a grant.
    when 'expiration' then 'monthly_reset'
    when 'trial_grant' then 'trial_grant'
    when 'usage' then 'deduction'
    when 'bonus' then 'bonus'
    -- The document's refund gives credits back. Credits that are taken, because a
    -- payment was refunded or disputed or an admin says so, are a deduction.
    when 'refund' then case when t.amount < 0 then 'deduction' else 'refund' end
    when 'chargeback' then case when t.amount < 0 then 'deduction' else 'refund' end
    when 'adjustment' then case when t.amount < 0 then 'deduction' else 'bonus' end
  end as transaction_type,
  t.amount as credits_amount,
  t.balance_after as credits_balance_after,
  t.description as reason,
  t.metadata,
  t.created_at,
  t.created_at as updated_at
from public.credit_transactions as t;
comment on view social.credit_transactions is
  'The ledger, public.credit_transactions, in this document''s words. Only the ledger''s functions write it.';

create view social.products
with (security_invoker = true) as
select
  p.id, p.name, p.description, p.image, p.active, p.source, p.metadata, p.created_at, p.updated_at
from public.products as p;
comment on view social.products is 'What is for sale at Stripe and Whop: public.products.';

create view social.prices
with (security_invoker = true) as
select
  p.id, p.product_id, p.description, p.unit_amount, p.currency, p.type, p.interval, p.interval_count,
  p.trial_period_days, p.active, p.metadata, p.created_at, p.updated_at
from public.prices as p;
comment on view social.prices is 'What products cost, in minor units: public.prices.';

create view social.subscriptions
with (security_invoker = true) as
select
  s.id, s.user_id, s.price_id, s.status, s.source, s.quantity, s.cancel_at_period_end,
  s.current_period_start, s.current_period_end, s.trial_start, s.trial_end, s.cancel_at,
  s.canceled_at, s.ended_at, s.metadata, s.created_at, s.updated_at
from public.subscriptions as s;
comment on view social.subscriptions is 'Subscriptions at Stripe and Whop: public.subscriptions.';

create view social.customers
with (security_invoker = true) as
select c.user_id as id, c.stripe_customer_id, c.whop_customer_id, c.created_at, c.updated_at
from public.customers as c;
comment on view social.customers is 'A user''s ids at the payment providers: public.customers.';

create view social.webhook_events
with (security_invoker = true) as
select
  e.id,
  case when e.source = 'stripe' then e.external_id end as stripe_event_id,
  case when e.source = 'whop' then e.external_id end as whop_event_id,
  e.event_type,
  e.source,
  e.payload,
  e.processed_at,
  e.received_at as created_at,
  coalesce(e.processed_at, e.received_at) as updated_at
from public.webhook_events as e;
comment on view social.webhook_events is 'The inbox of webhooks, public.webhook_events, for admins.';

-- sql/social/functions/social_account_platform.sql

-- The platform of a post on an account: the account's, or PT400 platform_mismatch.
create function private.social_account_platform(p_account social.social_accounts, p_platform text)
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  if p_platform <> p_account.platform::text then
    raise exception using
      errcode = 'PT400', message = 'platform_mismatch',
      detail = format('The account is one of %s, not of %s.', p_account.platform, left(p_platform, 50)),
      hint = 'Leave the platform out, or choose another account.';
  end if;
  return p_account.platform::text;
end;
$$;

-- sql/social/functions/social_activate_model.sql

-- One model of a user is active: the one that was made or activated last.
create function private.social_activate_model()
returns trigger
language plpgsql
security definer            -- the user's other models, whoever writes
set search_path = ''
as $$
begin
  update social.bertopic_models as m
  set is_active = false
  where m.user_id = new.user_id and m.is_active and m.id <> new.id;
  return new;
end;
$$;

-- sql/social/functions/social_activate_topic_model.sql

create function private.social_activate_topic_model(p_model_id uuid)
returns social.bertopic_models
language plpgsql
security definer            -- models are not the caller's to write
set search_path = ''
as $$
declare
  v_user_id uuid := private.require_user_id();
  v_model social.bertopic_models;
begin
  -- All of the user's, in one order: two callers that swap models wait for each other.
  perform 1
  from social.bertopic_models as m
  where m.user_id = v_user_id
  order by m.id
  for no key update;
  update social.bertopic_models as m
  set is_active = true
  where m.id = p_model_id and m.user_id = v_user_id
  returning * into v_model;
  if not found then
    raise exception using
      errcode = 'PT404', message = 'topic_model_not_found',
      detail = format('You have no topic model %s.', coalesce(p_model_id::text, 'null')),
      hint = 'Choose one of social.bertopic_models.';
  end if;
  return v_model;
end;
$$;
grant execute on function private.social_activate_topic_model(uuid) to authenticated;

-- sql/social/functions/social_check_content.sql

-- Refuses what is no post: {text: string, media: [{type, url}]}, at least one of
-- both; other keys are left as they are. PT400 content_invalid.
create function private.social_check_content(p_content jsonb)
returns void
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_problem text;
  v_media jsonb;
begin
  if p_content is null or jsonb_typeof(p_content) <> 'object' then
    v_problem := 'content_json must be an object.';
  else
    v_media := coalesce(nullif(p_content -> 'media', 'null'), '[]'::jsonb);
    if p_content ? 'text' and jsonb_typeof(p_content -> 'text') not in ('string', 'null') then
      v_problem := 'text must be a string.';
    elsif char_length(p_content ->> 'text') > 10000 then
      v_problem := 'text may have 10000 characters.';
    elsif jsonb_typeof(v_media) <> 'array' then
      v_problem := 'media must be an array.';
    elsif jsonb_array_length(v_media) > 20 then
      v_problem := 'media may have 20 items.';
    elsif exists (
      select 1
      from jsonb_array_elements(v_media) as m (item)
      where jsonb_typeof(m.item) <> 'object'
        or jsonb_typeof(m.item -> 'type') is distinct from 'string'
        or jsonb_typeof(m.item -> 'url') is distinct from 'string'
        or char_length(btrim(m.item ->> 'type')) not between 1 and 50
        or char_length(btrim(m.item ->> 'url')) not between 1 and 2048
    ) then
      v_problem := 'each of media must be {type: string, url: string}.';
    elsif btrim(coalesce(p_content ->> 'text', '')) = '' and jsonb_array_length(v_media) = 0 then
      v_problem := 'text or media must be there.';
    end if;
  end if;
  if v_problem is not null then
    raise exception using
      errcode = 'PT400', message = 'content_invalid', detail = v_problem,
      hint = 'See the comment of social.scheduled_posts.content_json.';
  end if;
end;
$$;

-- sql/social/functions/social_check_limit.sql

-- Refuses a number of rows, days or the like that is not 1 to p_max.
create function private.social_check_limit(p_name text, p_value integer, p_max integer)
returns void
language plpgsql
immutable
set search_path = ''
as $$
begin
  if p_value is null or p_value not between 1 and p_max then
    raise exception using
      errcode = 'PT400', message = 'limit_invalid',
      detail = format('%s is %s, 1 to %s is taken.', p_name, coalesce(p_value::text, 'null'), p_max),
      hint = 'Send a number within the bounds.';
  end if;
end;
$$;

-- sql/social/functions/social_check_optional_text.sql

-- Refuses an optional text of a caller that is longer than p_max characters.
create function private.social_check_optional_text(p_name text, p_value text, p_max integer)
returns void
language plpgsql
immutable
set search_path = ''
as $$
begin
  if p_value is not null and p_value <> '' then
    perform private.check_text(p_name, p_value, p_max);
  end if;
end;
$$;

-- sql/social/functions/social_check_rrule.sql

-- Refuses what is no recurrence rule of RFC 5545: PT400 rrule_invalid. Each part is
-- looked at by itself; which parts go together is the scheduler's to know.
create function private.social_check_rrule(p_rrule text)
returns void
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_number constant text := '(?:[1-9]|[1-4]\d|5[0-3])';
  v_problem text;
begin
  if p_rrule is null then
    return;
  end if;
  if char_length(p_rrule) > 1000 then
    v_problem := 'it may have 1000 characters.';
  else
    with part as (
      select upper(split_part(p.text, '=', 1)) as name, upper(substr(p.text, strpos(p.text, '=') + 1)) as value
      from regexp_split_to_table(regexp_replace(p_rrule, '^RRULE:', '', 'i'), ';') as p (text)
    )
    select case
      when count(*) filter (where p.name = 'FREQ') <> 1 then 'it needs one FREQ.'
      when count(*) <> count(distinct p.name) then 'a part is there twice.'
      when count(*) filter (where p.name in ('COUNT', 'UNTIL')) > 1 then 'COUNT and UNTIL exclude each other.'
      else (
        array_agg('its part ' || left(p.name, 20) || ' is not valid.') filter (
          where not coalesce(
            p.value ~ case p.name
              when 'FREQ' then '^(?:SECONDLY|MINUTELY|HOURLY|DAILY|WEEKLY|MONTHLY|YEARLY)$'
              when 'UNTIL' then '^\d{4}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:T(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d|60)Z?)?$'
              when 'COUNT' then '^[1-9]\d{0,5}$'
              when 'INTERVAL' then '^[1-9]\d{0,5}$'
              when 'BYSECOND' then '^(?:[0-5]?\d|60)(?:,(?:[0-5]?\d|60))*$'
              when 'BYMINUTE' then '^[0-5]?\d(?:,[0-5]?\d)*$'
              when 'BYHOUR' then '^(?:[01]?\d|2[0-3])(?:,(?:[01]?\d|2[0-3]))*$'
              when 'BYDAY' then format('^(?:[+-]?%1$s)?(?:MO|TU|WE|TH|FR|SA|SU)(?:,(?:[+-]?%1$s)?(?:MO|TU|WE|TH|FR|SA|SU))*$', v_number)
              when 'BYMONTHDAY' then '^[+-]?(?:0?[1-9]|[12]\d|3[01])(?:,[+-]?(?:0?[1-9]|[12]\d|3[01]))*$'
              when 'BYYEARDAY' then '^[+-]?(?:[1-9]\d?|[12]\d\d|3[0-5]\d|36[0-6])(?:,[+-]?(?:[1-9]\d?|[12]\d\d|3[0-5]\d|36[0-6]))*$'
              when 'BYWEEKNO' then format('^[+-]?%1$s(?:,[+-]?%1$s)*$', v_number)
              when 'BYMONTH' then '^(?:0?[1-9]|1[0-2])(?:,(?:0?[1-9]|1[0-2]))*$'
              when 'BYSETPOS' then '^[+-]?(?:[1-9]\d?|[12]\d\d|3[0-5]\d|36[0-6])(?:,[+-]?(?:[1-9]\d?|[12]\d\d|3[0-5]\d|36[0-6]))*$'
              when 'WKST' then '^(?:MO|TU|WE|TH|FR|SA|SU)$'
            end,
            false
          )
        )
      )[1]
    end
    into v_problem
    from part as p;
  end if;
  if v_problem is not null then
    raise exception using
      errcode = 'PT400', message = 'rrule_invalid', detail = 'The recurrence rule is not valid: ' || v_problem,
      hint = 'Send one of RFC 5545, e.g. FREQ=WEEKLY;BYDAY=MO,TH.';
  end if;
end;
$$;

-- sql/social/functions/social_claim_row.sql

-- A row belongs to who inserts it, or to whom the service says, and to nobody who
-- has left: requests under way when they leave commit before, later ones are refused.
create function private.social_claim_row()
returns trigger
language plpgsql
security definer            -- locks the profile, which is not the caller's to lock
set search_path = ''
as $$
begin
  new.user_id := coalesce(new.user_id, private.user_id());
  perform private.require_present(new.user_id);
  return new;
end;
$$;

-- sql/social/functions/social_connect_account.sql

-- The caller connects an account. Whose it is, is their word alone: it is not verified.
create function private.social_connect_account(
  p_platform text,
  p_account_id text,
  p_username text,
  p_display_name text,
  p_profile_url text,
  p_access_token text,
  p_refresh_token text,
  p_expires_at timestamptz
)
returns social.social_accounts
language plpgsql
security definer            -- tokens are not the caller's to write
set search_path = ''
as $$
begin
  return private.social_put_account(
    private.require_user_id(), p_platform, p_account_id, p_username, p_display_name, p_profile_url,
    p_access_token, p_refresh_token, p_expires_at, null
  );
end;
$$;
grant execute on function private.social_connect_account(text, text, text, text, text, text, text, timestamptz)
  to authenticated;

-- sql/social/functions/social_connect_account_for.sql

-- The service connects a user's account, after the platform said whose it is.
create function private.social_connect_account_for(
  p_user_id uuid,
  p_platform text,
  p_account_id text,
  p_username text,
  p_display_name text,
  p_profile_url text,
  p_access_token text,
  p_refresh_token text,
  p_expires_at timestamptz
)
returns social.social_accounts
language plpgsql
security definer            -- the service reaches private by its functions alone
set search_path = ''
as $$
begin
  return private.social_put_account(
    p_user_id, p_platform, p_account_id, p_username, p_display_name, p_profile_url,
    p_access_token, p_refresh_token, p_expires_at, now()
  );
end;
$$;
grant execute on function private.social_connect_account_for(uuid, text, text, text, text, text, text, text, timestamptz)
  to service_role;

-- sql/social/functions/social_conversations_with_last_message.sql

-- A page by (last_message_at, id), which one index holds in this order: a batch of
-- webhooks gives several conversations the same time.
create function private.social_conversations_with_last_message(
  p_limit integer,
  p_before timestamptz,
  p_before_id uuid
)
returns table (
  id uuid,
  social_account_id uuid,
  external_conversation_id text,
  customer_identifier text,
  customer_name text,
  customer_avatar_url text,
  status text,
  priority text,
  assigned_to uuid,
  tags text[],
  ai_mode text,
  automation_disabled boolean,
  unread_count integer,
  last_message_at timestamptz,
  metadata jsonb,
  created_at timestamptz,
  updated_at timestamptz,
  last_message jsonb
)
language plpgsql
stable
security definer            -- checks the input in private; the user is in the query
set search_path = ''
as $$
declare
  v_user_id uuid := private.require_user_id();
begin
  perform private.social_check_limit('p_limit', p_limit, 100);
  return query
  select
    c.id, c.social_account_id, c.external_conversation_id, c.customer_identifier, c.customer_name,
    c.customer_avatar_url, c.status, c.priority, c.assigned_to, c.tags, c.ai_mode,
    c.automation_disabled, c.unread_count, c.last_message_at, c.metadata, c.created_at, c.updated_at,
    (
      select to_jsonb(m) - 'user_id'
      from social.conversation_messages as m
      where m.conversation_id = c.id
      order by m.created_at desc, m.id desc
      limit 1
    )
  from social.conversations as c
  where c.user_id = v_user_id
    and (c.last_message_at, c.id)
      < (coalesce(p_before, 'infinity'), coalesce(p_before_id, '00000000-0000-0000-0000-000000000000'))
  order by c.last_message_at desc, c.id desc
  limit p_limit;
end;
$$;
grant execute on function private.social_conversations_with_last_message(integer, timestamptz, uuid)
  to authenticated;

-- sql/social/functions/social_count_changed_messages.sql

-- Most changes of a message (sent, delivered) change no count, and lock nothing.
create function private.social_count_changed_messages()
returns trigger
language plpgsql
security definer            -- counts are not the caller's to write
set search_path = ''
as $$
declare
  v_ids uuid[];
  v_unread bigint[];
begin
  select array_agg(t.conversation_id), array_agg(t.unread)
  into v_ids, v_unread
  from (
    select x.conversation_id, sum(x.unread)::bigint as unread
    from (
      select m.id, m.conversation_id, m.created_at,
        case when m.direction = 'inbound' and m.status <> 'read' then 1 else 0 end as unread
      from after_change as m
      union all
      select m.id, m.conversation_id, m.created_at,
        case when m.direction = 'inbound' and m.status <> 'read' then -1 else 0 end
      from before_change as m
    ) as x
    group by x.conversation_id
    having sum(x.unread) <> 0
      -- A message came, went, or changed its time.
      or count(distinct (x.id, x.created_at)) * 2 <> count(*)
  ) as t;
  if v_ids is not null then
    perform private.social_count_messages(v_ids, v_unread);
  end if;
  return null;
end;
$$;

-- sql/social/functions/social_count_gone_messages.sql

create function private.social_count_gone_messages()
returns trigger
language plpgsql
security definer            -- counts are not the caller's to write
set search_path = ''
as $$
declare
  v_ids uuid[];
  v_unread bigint[];
begin
  select array_agg(t.conversation_id), array_agg(t.unread)
  into v_ids, v_unread
  from (
    select
      m.conversation_id,
      -count(*) filter (where m.direction = 'inbound' and m.status <> 'read') as unread
    from removed as m
    group by m.conversation_id
  ) as t;
  if v_ids is not null then
    perform private.social_count_messages(v_ids, v_unread);
  end if;
  return null;
end;
$$;

-- sql/social/functions/social_count_messages.sql

-- Moves conversations' counts by what changed, in order of id so that two batches
-- never wait for each other. The newest message is read anew under the lock: one
-- that commits meanwhile waits here, and sees this.
create function private.social_count_messages(p_conversation_ids uuid[], p_unread bigint[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform 1
  from social.conversations as c
  where c.id = any (p_conversation_ids)
  order by c.id
  for no key update;
  update social.conversations as c
  set
    unread_count = greatest(c.unread_count + d.unread, 0),
    last_message_at = (
      select max(m.created_at) from social.conversation_messages as m where m.conversation_id = c.id
    )
  from unnest(p_conversation_ids, p_unread) as d (id, unread)
  where c.id = d.id;
end;
$$;

-- sql/social/functions/social_count_new_messages.sql

create function private.social_count_new_messages()
returns trigger
language plpgsql
security definer            -- counts are not the caller's to write
set search_path = ''
as $$
declare
  v_ids uuid[];
  v_unread bigint[];
begin
  select array_agg(t.conversation_id), array_agg(t.unread)
  into v_ids, v_unread
  from (
    select
      m.conversation_id,
      count(*) filter (where m.direction = 'inbound' and m.status <> 'read') as unread
    from inserted as m
    group by m.conversation_id
  ) as t;
  if v_ids is not null then
    perform private.social_count_messages(v_ids, v_unread);
  end if;
  return null;
end;
$$;

-- sql/social/functions/social_cut_decision.sql

create function private.social_cut_decision()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new.message_text := left(new.message_text, 500);
  return new;
end;
$$;

-- sql/social/functions/social_decision_statistics.sql

create function private.social_decision_statistics(p_days integer)
returns table (decision text, decisions bigint, average_confidence numeric, share numeric)
language plpgsql
stable
security definer            -- checks the input in private; the user is in the query
set search_path = ''
as $$
declare
  v_user_id uuid := private.require_user_id();
begin
  perform private.social_check_limit('p_days', p_days, 365);
  return query
  select
    d.decision,
    count(*),
    round(avg(d.confidence), 3),
    round(count(*) / sum(count(*)) over (), 4)
  from social.ai_decisions as d
  where d.user_id = v_user_id and d.created_at >= now() - make_interval(days => p_days)
  group by d.decision
  order by count(*) desc, d.decision;
end;
$$;
grant execute on function private.social_decision_statistics(integer) to authenticated;

-- sql/social/functions/social_drop_threads.sql

-- Conversations that are deleted take their threads' states along, in the order in
-- which the checkpointer deletes a thread.
create function private.social_drop_threads()
returns trigger
language plpgsql
security definer            -- checkpoints are not the caller's to delete
set search_path = ''
as $$
declare
  v_threads text[] := array(select d.thread_id from dropped as d);
begin
  delete from social.checkpoint_blobs as b where b.thread_id = any (v_threads);
  delete from social.checkpoints as c where c.thread_id = any (v_threads);
  delete from social.checkpoint_writes as w where w.thread_id = any (v_threads);
  return null;
end;
$$;

-- sql/social/functions/social_engagement_over_time.sql

-- Numbers of a platform are totals so far: of each post the last snapshot of a day
-- counts, and adding all of them up would count every like many times.
create function private.social_engagement_over_time(p_days integer, p_platform text)
returns table (
  day date,
  platform social.social_platform,
  posts bigint,
  likes bigint,
  shares bigint,
  comments bigint,
  impressions bigint,
  reach bigint,
  clicks bigint,
  conversions bigint,
  engagement_rate numeric
)
language plpgsql
stable
security definer            -- checks the input in private; the user is in the query
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_user_id uuid := private.require_user_id();
  v_platform social.social_platform;
begin
  perform private.social_check_limit('p_days', p_days, 365);
  if p_platform is not null then
    v_platform := private.social_platform(p_platform);
  end if;
  return query
  select
    s.day, s.platform, count(*), sum(s.likes), sum(s.shares), sum(s.comments), sum(s.impressions),
    sum(s.reach), sum(s.clicks), sum(s.conversions), round(avg(s.engagement_rate), 4)
  from (
    select distinct on (h.content_id, h.platform, (h.recorded_at at time zone 'utc')::date)
      (h.recorded_at at time zone 'utc')::date as day, h.*
    from social.analytics_history as h
    where h.user_id = v_user_id
      and h.recorded_at >= now() - make_interval(days => p_days)
      and (v_platform is null or h.platform = v_platform)
    order by
      h.content_id, h.platform, (h.recorded_at at time zone 'utc')::date, h.recorded_at desc, h.id desc
  ) as s
  group by s.day, s.platform
  order by s.day, s.platform;
end;
$$;
grant execute on function private.social_engagement_over_time(integer, text) to authenticated;

-- sql/social/functions/social_export_accounts.sql

-- What a user has on their accounts: table to rows. Tokens are not theirs to read.
create function private.social_export_accounts(p_user_id uuid)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return jsonb_build_object(
    'ai_settings', (
      select coalesce(jsonb_agg(to_jsonb(t) order by t.created_at, t.id), '[]')
      from social.ai_settings as t where t.user_id = p_user_id
    ),
    'social_accounts', (
      select coalesce(jsonb_agg(to_jsonb(t) order by t.created_at, t.id), '[]')
      from social.social_accounts as t where t.user_id = p_user_id
    ),
    'conversations', (
      select coalesce(jsonb_agg(to_jsonb(t) order by t.created_at, t.id), '[]')
      from social.conversations as t where t.user_id = p_user_id
    ),
    'conversation_messages', (
      select coalesce(jsonb_agg(to_jsonb(t) order by t.created_at, t.id), '[]')
      from social.conversation_messages as t where t.user_id = p_user_id
    ),
    'ai_decisions', (
      select coalesce(jsonb_agg(to_jsonb(t) order by t.created_at, t.id), '[]')
      from social.ai_decisions as t where t.user_id = p_user_id
    ),
    'support_escalations', (
      select coalesce(jsonb_agg(to_jsonb(t) order by t.created_at, t.id), '[]')
      from social.support_escalations as t where t.user_id = p_user_id
    ),
    'scheduled_posts', (
      select coalesce(jsonb_agg(to_jsonb(t) order by t.created_at, t.id), '[]')
      from social.scheduled_posts as t where t.user_id = p_user_id
    ),
    'post_runs', (
      select coalesce(jsonb_agg(to_jsonb(t) order by t.created_at, t.id), '[]')
      from social.post_runs as t where t.user_id = p_user_id
    ),
    'monitored_posts', (
      select coalesce(jsonb_agg(to_jsonb(t) order by t.created_at, t.id), '[]')
      from social.monitored_posts as t where t.user_id = p_user_id
    ),
    'monitoring_rules', (
      select coalesce(jsonb_agg(to_jsonb(t) order by t.created_at, t.id), '[]')
      from social.monitoring_rules as t where t.user_id = p_user_id
    ),
    'comments', (
      select coalesce(jsonb_agg(to_jsonb(t) order by t.created_at, t.id), '[]')
      from social.comments as t where t.user_id = p_user_id
    ),
    'analytics', (
      select coalesce(jsonb_agg(to_jsonb(t) order by t.created_at, t.id), '[]')
      from social.analytics as t where t.user_id = p_user_id
    ),
    'analytics_history', (
      select coalesce(jsonb_agg(to_jsonb(t) order by t.created_at, t.id), '[]')
      from social.analytics_history as t where t.user_id = p_user_id
    ),
    'topic_analysis', (
      select coalesce(jsonb_agg(to_jsonb(t) order by t.created_at, t.id), '[]')
      from social.topic_analysis as t where t.user_id = p_user_id
    ),
    'bertopic_models', (
      select coalesce(jsonb_agg(to_jsonb(t) order by t.created_at, t.id), '[]')
      from social.bertopic_models as t where t.user_id = p_user_id
    )
  );
end;
$$;

-- sql/social/functions/social_export_knowledge.sql

-- What a user has here, table to rows. Without what is derived from the rest:
-- embeddings and the words of chunks.
create function private.social_export_knowledge(p_user_id uuid)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return jsonb_build_object(
    'knowledge_documents', (
      select coalesce(jsonb_agg(to_jsonb(d) order by d.created_at, d.id), '[]')
      from social.knowledge_documents as d where d.user_id = p_user_id
    ),
    'knowledge_chunks', (
      select coalesce(jsonb_agg(to_jsonb(c) - 'embedding' - 'tsv' order by c.document_id, c.chunk_index), '[]')
      from social.knowledge_chunks as c where c.user_id = p_user_id
    ),
    'faq_qa', (
      select coalesce(jsonb_agg(to_jsonb(f) order by f.created_at, f.id), '[]')
      from social.faq_qa as f where f.user_id = p_user_id
    ),
    'ai_studio_settings', (
      select coalesce(jsonb_agg(to_jsonb(s)), '[]')
      from social.ai_studio_settings as s where s.user_id = p_user_id
    ),
    'ai_studio_conversation_metadata', (
      select coalesce(jsonb_agg(to_jsonb(m) order by m.created_at, m.thread_id), '[]')
      from social.ai_studio_conversation_metadata as m where m.user_id = p_user_id
    ),
    'checkpoints', (
      select coalesce(jsonb_agg(to_jsonb(c) order by c.thread_id, c.checkpoint_ns, c.checkpoint_id), '[]')
      from social.checkpoints as c where c.user_id = p_user_id
    ),
    'checkpoint_blobs', (
      select coalesce(jsonb_agg(to_jsonb(b) order by b.thread_id, b.checkpoint_ns, b.channel, b.version), '[]')
      from social.checkpoint_blobs as b where b.user_id = p_user_id
    ),
    'checkpoint_writes', (
      select coalesce(
        jsonb_agg(to_jsonb(w) order by w.thread_id, w.checkpoint_ns, w.checkpoint_id, w.task_id, w.idx), '[]'
      )
      from social.checkpoint_writes as w where w.user_id = p_user_id
    )
  );
end;
$$;

-- sql/social/functions/social_get_account_tokens.sql

create function private.social_get_account_tokens(p_account_id uuid)
returns jsonb
language plpgsql
stable
security definer            -- the service reaches private by its functions alone
set search_path = ''
as $$
declare
  v_key text := private.secret('token_key');
  v_account social.social_accounts;
  v_tokens private.social_account_tokens;
begin
  select * into v_account from social.social_accounts as a where a.id = p_account_id;
  if not found then
    raise exception using
      errcode = 'PT404', message = 'social_account_not_found',
      detail = format('There is no account %s.', coalesce(p_account_id::text, 'null')),
      hint = 'Connect the account first.';
  end if;
  select * into v_tokens from private.social_account_tokens as t where t.account_id = p_account_id;
  if not found then
    raise exception using
      errcode = 'PT422', message = 'tokens_missing',
      detail = format('Account %s was connected without tokens.', p_account_id),
      hint = 'Have its user connect it again.';
  end if;
  return jsonb_build_object(
    'id', v_account.id,
    'user_id', v_account.user_id,
    'platform', v_account.platform,
    'account_id', v_account.account_id,
    'is_active', v_account.is_active,
    'access_token', extensions.pgp_sym_decrypt(v_tokens.access_token, v_key),
    'refresh_token', extensions.pgp_sym_decrypt(v_tokens.refresh_token, v_key),
    'token_expires_at', v_account.token_expires_at
  );
end;
$$;
grant execute on function private.social_get_account_tokens(uuid) to service_role;

-- sql/social/functions/social_keep_analytics.sql

-- The snapshot of numbers that are new or changed.
create function private.social_keep_analytics()
returns trigger
language plpgsql
security definer            -- nobody writes the history by hand
set search_path = ''
as $$
begin
  insert into social.analytics_history (
    user_id, content_id, platform, likes, shares, comments, impressions, reach, engagement_rate,
    clicks, conversions, raw_metrics, recorded_at
  )
  values (
    new.user_id, new.content_id, new.platform, new.likes, new.shares, new.comments,
    new.impressions, new.reach, new.engagement_rate, new.clicks, new.conversions,
    new.raw_metrics, new.recorded_at
  );
  return null;
end;
$$;

-- sql/social/functions/social_keep_counts.sql

-- Messages are counted by trigger. Back ends that were written to count for
-- themselves may go on: only 0 counts of what they write, since it means read.
create function private.social_keep_counts()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new.last_message_at := old.last_message_at;
  if new.unread_count <> 0 then
    new.unread_count := old.unread_count;
  end if;
  return new;
end;
$$;

-- sql/social/functions/social_mark_conversation_read.sql

create function private.social_mark_conversation_read(p_conversation_id uuid)
returns social.conversations
language plpgsql
security definer            -- messages are not the caller's to update
set search_path = ''
as $$
declare
  v_conversation social.conversations;
begin
  perform private.require_user_id();
  perform private.social_require_conversation(p_conversation_id);
  -- Messages before their conversation, as when they arrive.
  perform private.social_read_messages(p_conversation_id);
  select * into v_conversation from social.conversations as c where c.id = p_conversation_id;
  return v_conversation;
end;
$$;
grant execute on function private.social_mark_conversation_read(uuid) to authenticated;

-- sql/social/functions/social_match_faq.sql

-- The caller's answers whose phrasings resemble a question: the best phrasing of each
-- counts, by its trigrams, and 0.3 more when it has all words of the question.
create function private.social_match_faq(p_query text, p_limit integer)
returns table (
  id uuid,
  title text,
  question text,
  answer text,
  metadata jsonb,
  score real
)
language plpgsql
stable
security definer            -- searches by the caller's id instead of under a policy
set search_path = ''
as $$
declare
  v_user_id uuid := private.require_user_id();
begin
  perform private.check_text('p_query', p_query, 2000);
  perform private.social_check_limit('p_limit', p_limit, 100);
  return query
  select m.id, m.title, m.question, m.answer, m.metadata, m.score
  from (
    select distinct on (f.id)
      f.id, f.title, q.question, f.answer, f.metadata,
      least(
        1,
        extensions.similarity(q.question, p_query)
        + case
          when to_tsvector(f.tsconfig::regconfig, q.question)
            @@ websearch_to_tsquery(f.tsconfig::regconfig, p_query)
          then 0.3 else 0
        end
      )::real as score
    from social.faq_qa as f
    cross join lateral unnest(f.questions) as q (question)
    where f.user_id = v_user_id and f.is_active
    order by f.id, score desc, q.question
  ) as m
  where m.score >= 0.3
  order by m.score desc, m.id
  limit p_limit;
end;
$$;
grant execute on function private.social_match_faq(text, integer) to authenticated;

-- sql/social/functions/social_monitoring_days.sql

-- How many days a post of an account is monitored: the account's rule, else the
-- user's, else 7.
create function private.social_monitoring_days(p_user_id uuid, p_account_id uuid)
returns integer
language sql
stable
set search_path = ''
as $$
  select coalesce(
    (
      select r.monitoring_duration_days
      from social.monitoring_rules as r
      where r.user_id = p_user_id and (r.social_account_id = p_account_id or r.social_account_id is null)
      order by r.social_account_id nulls last
      limit 1
    ),
    7
  );
$$;

-- sql/social/functions/social_move_post.sql

-- The states of a scheduled post. Retries are counted here, so that nobody forgets.
create function private.social_move_post()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new.retry_count := old.retry_count;
  if new.status = old.status then
    return new;
  end if;
  if (old.status, new.status) not in (
    ('queued', 'publishing'), ('queued', 'cancelled'),
    ('publishing', 'published'), ('publishing', 'failed'), ('publishing', 'queued')
  ) then
    raise exception using
      errcode = 'PT422', message = 'status_invalid',
      detail = format('A post that is %s cannot become %s.', old.status, left(new.status, 50)),
      hint = 'See the comment of social.scheduled_posts.';
  end if;
  if new.status = 'queued' then
    if old.retry_count >= 3 then
      raise exception using
        errcode = 'PT422', message = 'retries_exhausted',
        detail = 'A post is tried again 3 times.', hint = 'Let it fail, and schedule it anew.';
    end if;
    new.retry_count := old.retry_count + 1;
  elsif new.status = 'published' then
    -- Comments are polled from now on, for a week.
    new.error_message := null;
    new.stop_at := coalesce(new.stop_at, now() + interval '7 days');
    new.next_check_at := coalesce(new.next_check_at, now() + interval '5 minutes');
  end if;
  return new;
end;
$$;

-- sql/social/functions/social_nearest_chunks.sql

-- The user's chunks nearest to an embedding, by cosine distance. Up to 5,000 chunks a
-- user every one is compared: an approximate index over all users, filtered by one,
-- gives a small user too few or none, without an error. Above that an index may be
-- used where the installation makes one, best a partial one of that user
-- (using hnsw (embedding extensions.vector_cosine_ops) where user_id = '…'), and its
-- scan goes on until there are enough.
create function private.social_nearest_chunks(
  p_user_id uuid,
  p_embedding extensions.vector,
  p_limit integer
)
returns uuid[]
language plpgsql
security definer            -- carries the tenant's predicate itself
set search_path = ''
set plan_cache_mode = 'force_custom_plan'
as $$
begin
  if (
    select count(*) <= 5000
    from (select 1 from social.knowledge_chunks as c where c.user_id = p_user_id limit 5001) as counted
  ) then
    return array(
      with mine as materialized (
        select c.id, c.embedding operator(extensions.<=>) p_embedding as distance
        from social.knowledge_chunks as c
        join social.knowledge_documents as d on d.id = c.document_id and not d.is_deleted
        where c.user_id = p_user_id and c.embedding is not null
      )
      select m.id from mine as m order by m.distance, m.id limit p_limit
    );
  end if;

  perform set_config('hnsw.iterative_scan', 'strict_order', true);
  return array(
    select c.id
    from social.knowledge_chunks as c
    join social.knowledge_documents as d on d.id = c.document_id and not d.is_deleted
    where c.user_id = p_user_id and c.embedding is not null
    order by c.embedding operator(extensions.<=>) p_embedding
    limit p_limit
  );
end;
$$;

-- sql/social/functions/social_own_checkpoint.sql

-- A checkpoint belongs to its thread's user. The conversation is kept from being
-- deleted until this commits, so that no state outlives it, and from being pruned.
create function private.social_own_checkpoint()
returns trigger
language plpgsql
security definer            -- the checkpointer reads its own tables alone
set search_path = ''
as $$
begin
  select m.user_id into new.user_id
  from social.ai_studio_conversation_metadata as m
  where m.thread_id = new.thread_id
  for key share;
  if not found then
    raise exception using
      errcode = 'PT404', message = 'thread_unknown',
      detail = format('There is no conversation with the thread "%s".', left(new.thread_id, 255)),
      hint = 'Insert into ai_studio_conversation_metadata first.';
  end if;
  return new;
end;
$$;

-- sql/social/functions/social_platform.sql

-- The platform of a text, or PT400: argument_missing, platform_unknown.
create function private.social_platform(p_platform text)
returns social.social_platform
language plpgsql
immutable
set search_path = ''
as $$
begin
  perform private.check_text('p_platform', p_platform, 20);
  if p_platform <> all (enum_range(null::social.social_platform)::text[]) then
    raise exception using
      errcode = 'PT400', message = 'platform_unknown',
      detail = format('"%s" is no known platform.', p_platform),
      hint = 'Send one of social.social_platform.';
  end if;
  return p_platform::social.social_platform;
end;
$$;

-- sql/social/functions/social_posts_with_comment_counts.sql

create function private.social_posts_with_comment_counts(
  p_limit integer,
  p_before timestamptz,
  p_before_id uuid
)
returns table (
  id uuid,
  social_account_id uuid,
  platform_post_id text,
  platform text,
  caption text,
  media_url text,
  posted_at timestamptz,
  source text,
  monitoring_enabled boolean,
  monitoring_ends_at timestamptz,
  comment_count bigint,
  reply_count bigint,
  awaiting_count bigint
)
language plpgsql
stable
security definer            -- checks the input in private; the user is in the query
set search_path = ''
as $$
declare
  v_user_id uuid := private.require_user_id();
begin
  perform private.social_check_limit('p_limit', p_limit, 100);
  return query
  select
    p.id, p.social_account_id, p.platform_post_id, p.platform, p.caption, p.media_url, p.posted_at,
    p.source, p.monitoring_enabled, p.monitoring_ends_at, n.comments, n.replies, n.awaiting
  from (
    select *
    from social.monitored_posts as m
    where m.user_id = v_user_id
      and (m.posted_at, m.id)
        < (coalesce(p_before, 'infinity'), coalesce(p_before_id, '00000000-0000-0000-0000-000000000000'))
    order by m.posted_at desc, m.id desc
    limit p_limit
  ) as p
  cross join lateral (
    select
      count(*) as comments,
      count(c.replied_at) as replies,
      count(*) filter (where c.triage = 'respond' and c.replied_at is null) as awaiting
    from social.comments as c
    where c.monitored_post_id = p.id
  ) as n
  order by p.posted_at desc, p.id desc;
end;
$$;
grant execute on function private.social_posts_with_comment_counts(integer, timestamptz, uuid)
  to authenticated;

-- sql/social/functions/social_prepare_agent_message.sql

-- A message that a user sends: from whom it is, is not theirs to choose. Inbound
-- ones are refused by the policy.
create function private.social_prepare_agent_message()
returns trigger
language plpgsql
security definer            -- looks the account up whatever the caller sees
set search_path = ''
as $$
declare
  v_conversation social.conversations := private.social_require_conversation(new.conversation_id);
begin
  perform private.require_active(v_conversation.user_id);
  if btrim(new.content) = '' and new.storage_object_name is null then
    raise exception using
      errcode = 'PT400', message = 'argument_missing',
      detail = 'A message needs a content or a file.', hint = 'Send a value.';
  end if;
  if new.storage_object_name is not null
    and split_part(coalesce(private.storage_path('uploads', new.storage_object_name), ''), '/', 1)
      <> v_conversation.user_id::text then
    raise exception using
      errcode = 'PT400', message = 'source_not_in_storage',
      detail = 'The file is not in your folder of the bucket uploads.',
      hint = 'Upload it to uploads/<your user id>/… and send that path.';
  end if;
  new.direction := coalesce(new.direction, 'outbound');
  new.is_from_agent := true;
  new.agent_id := private.user_id();
  new.status := 'sent';
  select a.account_id, coalesce(a.display_name, a.username)
  into new.sender_id, new.sender_name
  from social.social_accounts as a
  where a.id = v_conversation.social_account_id;
  return new;
end;
$$;

-- sql/social/functions/social_prepare_analytics.sql

-- Numbers are their post's user's.
create function private.social_prepare_analytics()
returns trigger
language plpgsql
security definer            -- looks the post up whatever the caller sees
set search_path = ''
as $$
begin
  new.user_id := private.social_require_post(new.content_id, new.content_id);
  return new;
end;
$$;

-- sql/social/functions/social_prepare_chunk.sql

-- A chunk belongs to its document's user, and its words are those of its content:
-- to_tsvector of a configuration in a column is not immutable, so that no generated
-- column can keep them.
create function private.social_prepare_chunk()
returns trigger
language plpgsql
security definer            -- looks the document up whatever the caller sees
set search_path = ''
as $$
declare
  v_caller uuid := private.user_id();
  v_owner uuid;
  v_document_id uuid;
begin
  if tg_op = 'UPDATE' and new.document_id = old.document_id then
    new.user_id := old.user_id;
  else
    -- The user, then the document: both stay until this commits.
    select d.user_id into v_owner
    from social.knowledge_documents as d
    where d.id = new.document_id;
    if found and (v_caller is null or v_owner = v_caller) then
      perform private.require_present(v_owner);
      select d.id into v_document_id
      from social.knowledge_documents as d
      where d.id = new.document_id and d.user_id = v_owner
      for key share;
    end if;
    if v_document_id is null then
      raise exception using
        errcode = 'PT404', message = 'document_not_found',
        detail = format('You have no document %s.', coalesce(new.document_id::text, 'null')),
        hint = 'Insert the document first.';
    end if;
    new.user_id := v_owner;
  end if;

  if tg_op = 'UPDATE' and (new.content, new.tsconfig) is not distinct from (old.content, old.tsconfig) then
    new.tsv := old.tsv;
  else
    -- What is longer is refused, but only after this: a tsvector holds 1 MB.
    new.tsv := to_tsvector(private.social_tsconfig(new.tsconfig), left(new.content, 20000));
  end if;
  return new;
end;
$$;

-- sql/social/functions/social_prepare_comment.sql

-- A comment is its post's user's.
create function private.social_prepare_comment()
returns trigger
language plpgsql
security definer            -- looks the post up whatever the caller sees
set search_path = ''
as $$
begin
  new.user_id := private.social_require_post(new.monitored_post_id, new.post_id);
  return new;
end;
$$;

-- sql/social/functions/social_prepare_conversation.sql

-- A conversation is its account's user's. What is counted starts at nothing.
create function private.social_prepare_conversation()
returns trigger
language plpgsql
security definer            -- looks the account up whatever the caller sees
set search_path = ''
as $$
begin
  new.user_id := (private.social_require_account(new.social_account_id)).user_id;
  if tg_op = 'INSERT' then
    new.unread_count := 0;
    new.last_message_at := null;
  end if;
  return new;
end;
$$;

-- sql/social/functions/social_prepare_document.sql

-- A document's file lies in its user's folder: what is ingested later must not be
-- somebody else's. The object and its size are looked up, whatever the caller sends.
create function private.social_prepare_document()
returns trigger
language plpgsql
security definer            -- looks into storage whatever the caller sees
set search_path = ''
as $$
declare
  v_object_id uuid;
  v_size bigint;
begin
  perform private.social_tsconfig(new.tsconfig);

  if new.object_name is not null and (
    not starts_with(new.object_name, new.user_id::text || '/')
    or new.object_name ~ '(^|/)\.{0,2}(/|$)' or new.object_name ~ '[[:cntrl:]\\]'
  ) then
    raise exception using
      errcode = 'PT400', message = 'source_not_in_storage',
      detail = 'The file is not in your folder of a bucket.',
      hint = 'Upload it to <your user id>/… and send that name.';
  end if;
  if tg_op = 'INSERT' or (new.bucket_id, new.object_name, new.storage_object_id, new.file_size_bytes)
    is distinct from (old.bucket_id, old.object_name, old.storage_object_id, old.file_size_bytes) then
    select o.id, (o.metadata ->> 'size')::bigint into v_object_id, v_size
    from storage.objects as o
    where o.bucket_id = new.bucket_id and o.name = new.object_name;
    new.storage_object_id := v_object_id;
    new.file_size_bytes := coalesce(v_size, new.file_size_bytes);
  end if;
  return new;
end;
$$;

-- sql/social/functions/social_prepare_escalation.sql

-- An escalation is its conversation's user's.
create function private.social_prepare_escalation()
returns trigger
language plpgsql
security definer            -- looks the conversation up whatever the caller sees
set search_path = ''
as $$
begin
  new.user_id := (private.social_require_conversation(new.conversation_id)).user_id;
  return new;
end;
$$;

-- sql/social/functions/social_prepare_faq.sql

-- An answer's phrasings are texts, and its size is counted.
create function private.social_prepare_faq()
returns trigger
language plpgsql
security definer            -- helpers in private are not the caller's to name
set search_path = ''
as $$
begin
  perform private.social_tsconfig(new.tsconfig);
  if exists (
    select 1
    from unnest(new.questions) as q (question)
    where btrim(q.question) = '' or char_length(q.question) > 500
  ) then
    raise exception using
      errcode = 'PT400', message = 'input_invalid',
      detail = 'A phrasing is blank or longer than 500 characters.',
      hint = 'Send up to 50 phrasings of 1 to 500 characters.';
  end if;
  new.text_size_bytes := octet_length(coalesce(new.title, ''))
    + octet_length(array_to_string(new.questions, ''))
    + octet_length(coalesce(new.answer, ''));
  return new;
end;
$$;

-- sql/social/functions/social_prepare_message.sql

-- A message is its conversation's user's, and answers one of the same conversation.
create function private.social_prepare_message()
returns trigger
language plpgsql
security definer            -- looks the conversation up whatever the caller sees
set search_path = ''
as $$
begin
  new.user_id := (private.social_require_conversation(new.conversation_id)).user_id;
  if new.reply_to_message_id is not null and not exists (
    select 1
    from social.conversation_messages as m
    where m.id = new.reply_to_message_id and m.conversation_id = new.conversation_id
  ) then
    raise exception using
      errcode = 'PT404', message = 'message_not_found',
      detail = format('The conversation has no message %s.', new.reply_to_message_id),
      hint = 'Answer a message of the same conversation.';
  end if;
  return new;
end;
$$;

-- sql/social/functions/social_prepare_monitored_post.sql

-- A monitored post is its account's user's.
create function private.social_prepare_monitored_post()
returns trigger
language plpgsql
security definer            -- looks the account up whatever the caller sees
set search_path = ''
as $$
declare
  v_account social.social_accounts := private.social_require_account(new.social_account_id);
begin
  new.user_id := v_account.user_id;
  new.platform := private.social_account_platform(v_account, new.platform);
  return new;
end;
$$;

-- sql/social/functions/social_prepare_post.sql

-- What a scheduled post may say; it is its channel's user's.
create function private.social_prepare_post()
returns trigger
language plpgsql
security definer            -- looks the channel up whatever the caller sees
set search_path = ''
as $$
declare
  v_account social.social_accounts := private.social_require_account(new.channel_id);
begin
  perform private.require_active(v_account.user_id);
  new.user_id := v_account.user_id;
  new.platform := private.social_account_platform(v_account, new.platform);
  perform private.social_check_content(new.content_json);
  perform private.social_check_rrule(new.rrule);
  if tg_op = 'INSERT' then
    new.retry_count := 0;
    if new.status <> 'queued' then
      raise exception using
        errcode = 'PT422', message = 'status_invalid',
        detail = 'A scheduled post starts queued.', hint = 'Leave the status out.';
    end if;
  end if;
  return new;
end;
$$;

-- sql/social/functions/social_prepare_rule.sql

-- A rule for an account is its user's; one without is the caller's.
create function private.social_prepare_rule()
returns trigger
language plpgsql
security definer            -- looks the account up whatever the caller sees
set search_path = ''
as $$
begin
  if new.social_account_id is not null then
    new.user_id := (private.social_require_account(new.social_account_id)).user_id;
  else
    new.user_id := coalesce(new.user_id, private.user_id());
    perform private.require_present(new.user_id);
  end if;
  return new;
end;
$$;

-- sql/social/functions/social_prepare_run.sql

-- A run is its post's user's.
create function private.social_prepare_run()
returns trigger
language plpgsql
security definer            -- looks the post up whatever the caller sees
set search_path = ''
as $$
begin
  new.user_id := private.social_require_post(null, new.scheduled_post_id);
  return new;
end;
$$;

-- sql/social/functions/social_prune_checkpoints.sql

-- Deletes a thread's old checkpoints: in each namespace the newest p_keep stay, and
-- all that they are rebuilt from:
-- - the blobs whose versions they name;
-- - the sends that their parents wrote, for checkpoints older than format 4;
-- - for channels kept as deltas (named by the counters in the metadata), every
--   ancestor up to the one that stored the channel's value, or to the root.
create function private.social_prune_checkpoints(p_thread_id text, p_keep integer)
returns jsonb
language plpgsql
security definer            -- checkpoints are not the caller's to delete
set search_path = ''
as $$
declare
  v_caller uuid;
  v_checkpoints integer;
  v_writes integer;
  v_blobs integer;
begin
  -- The role that PostgREST took, which a definer function does not change; none is
  -- the owner of the database.
  if current_setting('role') not in ('service_role', 'none') then
    v_caller := private.require_user_id();
  end if;
  perform private.check_text('p_thread_id', p_thread_id, 255);
  perform private.social_check_limit('p_keep', p_keep, 1000);
  -- For update: waits for states that are being written, and they for this.
  perform 1
  from social.ai_studio_conversation_metadata as m
  where m.thread_id = p_thread_id and (v_caller is null or m.user_id = v_caller)
  for update;
  if not found then
    raise exception using
      errcode = 'PT404', message = 'thread_unknown',
      detail = format('You have no conversation with the thread "%s".', p_thread_id),
      hint = 'Send the thread_id of one of your conversations.';
  end if;

  with recursive ranked as (
    select
      c.checkpoint_ns, c.checkpoint_id, c.parent_checkpoint_id, c.metadata,
      row_number() over (partition by c.checkpoint_ns order by c.checkpoint_id desc) as place
    from social.checkpoints as c
    where c.thread_id = p_thread_id
  ),
  needed as (
    select
      r.checkpoint_ns, r.checkpoint_id, r.parent_checkpoint_id,
      case jsonb_typeof(r.metadata -> 'counters_since_delta_snapshot')
        when 'object'
        then array(select k from jsonb_object_keys(r.metadata -> 'counters_since_delta_snapshot') as k order by 1)
        else '{}'::text[]
      end as unseeded
    from ranked as r
    where r.place <= p_keep
    union
    select
      c.checkpoint_ns, c.checkpoint_id, c.parent_checkpoint_id,
      array(
        select u.channel
        from unnest(n.unseeded) as u (channel)
        where not exists (
          select 1
          from social.checkpoint_blobs as b
          where b.thread_id = p_thread_id and b.checkpoint_ns = c.checkpoint_ns
            and b.channel = u.channel
            and b.version = c.checkpoint -> 'channel_versions' ->> u.channel
            and b.type <> 'empty'
        )
        order by 1
      )
    from needed as n
    join social.checkpoints as c
      on c.thread_id = p_thread_id and c.checkpoint_ns = n.checkpoint_ns
      and c.checkpoint_id = n.parent_checkpoint_id
    where n.unseeded <> '{}'::text[]
  )
  delete from social.checkpoints as c
  where c.thread_id = p_thread_id
    and not exists (
      select 1
      from needed as n
      where n.checkpoint_ns = c.checkpoint_ns and n.checkpoint_id = c.checkpoint_id
    );
  get diagnostics v_checkpoints = row_count;

  delete from social.checkpoint_blobs as b
  where b.thread_id = p_thread_id
    and not exists (
      select 1
      from social.checkpoints as c
      where c.thread_id = p_thread_id and c.checkpoint_ns = b.checkpoint_ns
        and c.checkpoint -> 'channel_versions' ->> b.channel = b.version
    );
  get diagnostics v_blobs = row_count;

  delete from social.checkpoint_writes as w
  where w.thread_id = p_thread_id
    and not exists (
      select 1
      from social.checkpoints as c
      where c.thread_id = p_thread_id and c.checkpoint_ns = w.checkpoint_ns
        and w.checkpoint_id in (c.checkpoint_id, c.parent_checkpoint_id)
    );
  get diagnostics v_writes = row_count;

  return jsonb_build_object('checkpoints', v_checkpoints, 'blobs', v_blobs, 'writes', v_writes);
end;
$$;
grant execute on function private.social_prune_checkpoints(text, integer) to authenticated, service_role;

-- sql/social/functions/social_put_account.sql

-- A user's account on a platform, made or connected again, with its tokens where
-- there are any.
create function private.social_put_account(
  p_user_id uuid,
  p_platform text,
  p_account_id text,
  p_username text,
  p_display_name text,
  p_profile_url text,
  p_access_token text,
  p_refresh_token text,
  p_expires_at timestamptz,
  p_verified_at timestamptz
)
returns social.social_accounts
language plpgsql
set search_path = ''
as $$
declare
  v_platform social.social_platform := private.social_platform(p_platform);
  v_account social.social_accounts;
begin
  perform private.check_text('p_account_id', p_account_id, 255);
  perform private.social_check_optional_text('p_username', p_username, 255);
  perform private.social_check_optional_text('p_display_name', p_display_name, 255);
  perform private.social_check_optional_text('p_profile_url', p_profile_url, 2048);
  perform private.require_present(p_user_id);

  insert into social.social_accounts as a (
    user_id, platform, account_id, username, display_name, profile_url, verified_at
  )
  values (
    p_user_id, v_platform, p_account_id, p_username, p_display_name, p_profile_url, p_verified_at
  )
  on conflict (user_id, platform, account_id) do update
  set
    username = coalesce(excluded.username, a.username),
    display_name = coalesce(excluded.display_name, a.display_name),
    profile_url = coalesce(excluded.profile_url, a.profile_url),
    is_active = true,
    verified_at = coalesce(excluded.verified_at, a.verified_at)
  returning * into v_account;

  if p_access_token is not null then
    v_account := private.social_store_tokens(v_account.id, p_access_token, p_refresh_token, p_expires_at);
  end if;
  return v_account;
end;
$$;

-- sql/social/functions/social_read_conversation.sql

-- Somebody wrote unread_count = 0: the messages were read.
create function private.social_read_conversation()
returns trigger
language plpgsql
security definer            -- messages are not the caller's to update
set search_path = ''
as $$
begin
  perform private.social_read_messages(new.id);
  return null;
end;
$$;

-- sql/social/functions/social_read_messages.sql

-- Marks a conversation's inbound messages read; unread_count follows by trigger.
create function private.social_read_messages(p_conversation_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  update social.conversation_messages as m
  set status = 'read'
  where m.id in (
    select u.id
    from social.conversation_messages as u
    where u.conversation_id = p_conversation_id and u.direction = 'inbound' and u.status <> 'read'
    order by u.id
    for no key update
  );
end;
$$;

-- sql/social/functions/social_refuse_change.sql

-- What a row never changes: its user (its children carry the same), and a
-- conversation's thread (its states would stay behind under the old name, for
-- whoever takes that name next). Sending the value that it has changes nothing.
create function private.social_refuse_change()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  raise exception using
    errcode = 'PT400', message = 'input_invalid',
    detail = format('The %s of a row of %s does not change.', tg_argv[0], tg_table_name),
    hint = 'Insert another row.';
end;
$$;

-- sql/social/functions/social_refuse_started_post.sql

create function private.social_refuse_started_post()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  raise exception using
    errcode = 'PT422', message = 'status_invalid',
    detail = format('The post is %s; only a queued one can be changed.', old.status),
    hint = 'Schedule another.';
end;
$$;

-- sql/social/functions/social_require_account.sql

-- The account that a row hangs on, with its user and itself locked against leaving:
-- the caller's own, or any where there is no user (the service). Else PT404
-- social_account_not_found: a foreign key alone would take anybody's.
create function private.social_require_account(p_account_id uuid)
returns social.social_accounts
language plpgsql
security definer            -- looks the account up whatever the caller sees
set search_path = ''
as $$
declare
  v_caller uuid := private.user_id();
  v_owner uuid;
  v_account social.social_accounts;
begin
  select a.user_id into v_owner from social.social_accounts as a where a.id = p_account_id;
  if found and (v_caller is null or v_owner = v_caller) then
    perform private.require_present(v_owner);
    select * into v_account from social.social_accounts as a where a.id = p_account_id for key share;
  end if;
  if v_account.id is null then
    raise exception using
      errcode = 'PT404', message = 'social_account_not_found',
      detail = format('You have no account %s.', coalesce(p_account_id::text, 'null')),
      hint = 'Connect the account first.';
  end if;
  return v_account;
end;
$$;

-- sql/social/functions/social_require_conversation.sql

-- As social_require_account, of a conversation: else PT404 conversation_not_found.
create function private.social_require_conversation(p_conversation_id uuid)
returns social.conversations
language plpgsql
security definer            -- looks the conversation up whatever the caller sees
set search_path = ''
as $$
declare
  v_caller uuid := private.user_id();
  v_owner uuid;
  v_conversation social.conversations;
begin
  select c.user_id into v_owner from social.conversations as c where c.id = p_conversation_id;
  if found and (v_caller is null or v_owner = v_caller) then
    perform private.require_present(v_owner);
    select * into v_conversation
    from social.conversations as c
    where c.id = p_conversation_id
    for key share;
  end if;
  if v_conversation.id is null then
    raise exception using
      errcode = 'PT404', message = 'conversation_not_found',
      detail = format('You have no conversation %s.', coalesce(p_conversation_id::text, 'null')),
      hint = 'Insert the conversation first.';
  end if;
  return v_conversation;
end;
$$;

-- sql/social/functions/social_require_post.sql

-- The user of a post, monitored or scheduled, who is locked against leaving; else
-- PT404 post_not_found.
create function private.social_require_post(p_monitored_post_id uuid, p_scheduled_post_id uuid)
returns uuid
language plpgsql
security definer            -- looks the post up whatever the caller sees
set search_path = ''
as $$
declare
  v_caller uuid := private.user_id();
  v_owner uuid;
begin
  select m.user_id into v_owner from social.monitored_posts as m where m.id = p_monitored_post_id;
  if v_owner is null then
    select s.user_id into v_owner from social.scheduled_posts as s where s.id = p_scheduled_post_id;
  end if;
  if v_owner is null or (v_caller is not null and v_owner <> v_caller) then
    raise exception using
      errcode = 'PT404', message = 'post_not_found',
      detail = format(
        'You have no post %s.', coalesce(p_monitored_post_id::text, p_scheduled_post_id::text, 'null')
      ),
      hint = 'Insert the post first.';
  end if;
  perform private.require_present(v_owner);
  return v_owner;
end;
$$;

-- sql/social/functions/social_retire_accounts.sql

-- A user leaves: their accounts go, and with them conversations, posts and comments;
-- then what hangs on no account.
create function private.social_retire_accounts(p_user_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  delete from social.social_accounts as a where a.user_id = p_user_id;
  delete from social.monitoring_rules as r where r.user_id = p_user_id;
  delete from social.ai_settings as s where s.user_id = p_user_id;
  delete from social.ai_decisions as d where d.user_id = p_user_id;
  delete from social.analytics as a where a.user_id = p_user_id;
  delete from social.analytics_history as h where h.user_id = p_user_id;
  delete from social.topic_analysis as t where t.user_id = p_user_id;
  delete from social.bertopic_models as m where m.user_id = p_user_id;
end;
$$;

-- sql/social/functions/social_retire_knowledge.sql

-- A user leaves: their knowledge base and their AI studio go, states included.
create function private.social_retire_knowledge(p_user_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  delete from social.knowledge_documents as d where d.user_id = p_user_id;
  delete from social.faq_qa as f where f.user_id = p_user_id;
  delete from social.ai_studio_settings as s where s.user_id = p_user_id;
  delete from social.ai_studio_conversation_metadata as m where m.user_id = p_user_id;
end;
$$;

-- sql/social/functions/social_search_knowledge.sql

-- Hybrid search: what matches in words and what is near in meaning, fused by
-- reciprocal rank (1 / (60 + place) from each side), since the two scores have no
-- common measure.
create function private.social_search_knowledge(
  p_query text,
  p_embedding extensions.vector,
  p_limit integer
)
returns table (
  chunk_id uuid,
  document_id uuid,
  title text,
  chunk_index integer,
  content text,
  metadata jsonb,
  score double precision,
  text_rank bigint,
  vector_rank bigint
)
language plpgsql
security definer            -- searches by the caller's id instead of under a policy
set search_path = ''
as $$
declare
  v_user_id uuid := private.require_user_id();
  v_pool integer;
  v_in_words uuid[] := '{}'::uuid[];
  v_in_meaning uuid[] := '{}'::uuid[];
begin
  perform private.social_check_limit('p_limit', p_limit, 100);
  if p_embedding is null or p_query is not null then
    perform private.check_text('p_query', p_query, 2000);
  end if;
  if extensions.vector_dims(p_embedding) <> 768 or extensions.vector_norm(p_embedding) = 0 then
    raise exception using
      errcode = 'PT400', message = 'embedding_invalid',
      detail = format(
        'The embedding has %s dimensions, not 768, or is all zeros.', extensions.vector_dims(p_embedding)
      ),
      hint = 'Use the model that the documents were embedded with.';
  end if;

  v_pool := greatest(50, 2 * p_limit);
  if p_query is not null then
    v_in_words := private.social_text_hits(v_user_id, p_query, v_pool);
  end if;
  if p_embedding is not null then
    v_in_meaning := private.social_nearest_chunks(v_user_id, p_embedding, v_pool);
  end if;

  return query
  select
    c.id, c.document_id, d.title, c.chunk_index, c.content, c.metadata,
    f.score, f.text_rank, f.vector_rank
  from (
    select
      coalesce(w.id, m.id) as id,
      (coalesce(1.0 / (60 + w.place), 0) + coalesce(1.0 / (60 + m.place), 0))::double precision as score,
      w.place as text_rank,
      m.place as vector_rank
    from unnest(v_in_words) with ordinality as w (id, place)
    full join unnest(v_in_meaning) with ordinality as m (id, place) on m.id = w.id
    order by score desc, id
    limit p_limit
  ) as f
  join social.knowledge_chunks as c on c.id = f.id
  join social.knowledge_documents as d on d.id = c.document_id
  order by f.score desc, c.id;
end;
$$;
grant execute on function private.social_search_knowledge(text, extensions.vector, integer) to authenticated;

-- sql/social/functions/social_set_account_tokens.sql

-- Tokens of the caller's account; of any for the service.
create function private.social_set_account_tokens(
  p_account_id uuid,
  p_access_token text,
  p_refresh_token text,
  p_expires_at timestamptz
)
returns social.social_accounts
language plpgsql
security definer            -- tokens are not the caller's to write
set search_path = ''
as $$
begin
  -- A token of an issuer whose user is not known must not pass for the service.
  if current_setting('role') = 'authenticated' then
    perform private.require_user_id();
  end if;
  perform private.social_require_account(p_account_id);
  return private.social_store_tokens(p_account_id, p_access_token, p_refresh_token, p_expires_at);
end;
$$;
grant execute on function private.social_set_account_tokens(uuid, text, text, timestamptz)
  to authenticated, service_role;

-- sql/social/functions/social_silence_conversations.sql

-- A person was asked for: the AI stops answering, in the same transaction.
create function private.social_silence_conversations()
returns trigger
language plpgsql
security definer            -- conversations are not the caller's to write
set search_path = ''
as $$
begin
  perform 1
  from social.conversations as c
  where c.id in (select e.conversation_id from inserted as e)
  order by c.id
  for no key update;
  update social.conversations as c
  set ai_mode = 'OFF'
  where c.id in (select e.conversation_id from inserted as e) and c.ai_mode <> 'OFF';
  return null;
end;
$$;

-- sql/social/functions/social_stamp_analytics.sql

-- Numbers that changed were recorded now, unless their writer says when.
create function private.social_stamp_analytics()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if new.recorded_at is not distinct from old.recorded_at then
    new.recorded_at := now();
  end if;
  return new;
end;
$$;

-- sql/social/functions/social_store_tokens.sql

-- Keeps an account's tokens, encrypted. Null leaves the refresh token as it is,
-- since platforms do not send it again when they renew an access token.
create function private.social_store_tokens(
  p_account_id uuid,
  p_access_token text,
  p_refresh_token text,
  p_expires_at timestamptz
)
returns social.social_accounts
language plpgsql
set search_path = ''
as $$
declare
  v_key text := private.secret('token_key');
  v_account social.social_accounts;
begin
  perform private.check_text('p_access_token', p_access_token, 8192);
  perform private.social_check_optional_text('p_refresh_token', p_refresh_token, 8192);

  -- The account, then its tokens.
  update social.social_accounts as a
  set token_expires_at = p_expires_at
  where a.id = p_account_id
  returning * into v_account;

  insert into private.social_account_tokens as t (account_id, access_token, refresh_token)
  values (
    p_account_id,
    extensions.pgp_sym_encrypt(p_access_token, v_key, 'cipher-algo=aes256'),
    extensions.pgp_sym_encrypt(nullif(p_refresh_token, ''), v_key, 'cipher-algo=aes256')
  )
  on conflict (account_id) do update
  set
    access_token = excluded.access_token,
    refresh_token = coalesce(excluded.refresh_token, t.refresh_token),
    updated_at = now();
  return v_account;
end;
$$;

-- sql/social/functions/social_text_hits.sql

-- The user's chunks that match a web search in words, best first. By configuration,
-- so that each query is a constant to the planner, which then weighs the index of the
-- words against that of the user.
create function private.social_text_hits(p_user_id uuid, p_query text, p_limit integer)
returns uuid[]
language plpgsql
stable
security definer            -- under a policy "@@" loses its index: it is not leakproof
set search_path = ''
set plan_cache_mode = 'force_custom_plan'
as $$
declare
  v_tsconfig text;
  v_words tsquery;
  v_ids uuid[] := '{}'::uuid[];
  v_ranks real[] := '{}'::real[];
begin
  for v_tsconfig in
    select distinct c.tsconfig from social.knowledge_chunks as c where c.user_id = p_user_id
  loop
    v_words := websearch_to_tsquery(private.social_tsconfig(v_tsconfig), p_query);
    select v_ids || array_agg(h.id), v_ranks || array_agg(h.rank)
    into v_ids, v_ranks
    from (
      select c.id, ts_rank_cd(c.tsv, v_words) as rank
      from social.knowledge_chunks as c
      join social.knowledge_documents as d on d.id = c.document_id and not d.is_deleted
      where c.user_id = p_user_id and c.tsconfig = v_tsconfig and c.tsv @@ v_words
      order by rank desc, c.id
      limit p_limit
    ) as h;
  end loop;
  return array(
    select h.id from unnest(v_ids, v_ranks) as h (id, rank) order by h.rank desc, h.id limit p_limit
  );
end;
$$;

-- sql/social/functions/social_time_monitoring.sql

-- Monitoring that is turned on gets its start and its end, also if it was on before;
-- an end that comes with it counts. Turned off, nothing is due any more.
create function private.social_time_monitoring()
returns trigger
language plpgsql
security definer            -- reads the rules whatever the caller sees
set search_path = ''
as $$
begin
  if not new.monitoring_enabled then
    new.next_check_at := null;
  elsif tg_op = 'INSERT' or not old.monitoring_enabled then
    new.monitoring_started_at := now();
    if new.monitoring_ends_at is null
      or (tg_op = 'UPDATE' and new.monitoring_ends_at is not distinct from old.monitoring_ends_at) then
      new.monitoring_ends_at := now()
        + make_interval(days => private.social_monitoring_days(new.user_id, new.social_account_id));
    end if;
    new.next_check_at := coalesce(new.next_check_at, now() + interval '5 minutes');
  end if;
  return new;
end;
$$;

-- sql/social/functions/social_top_topics.sql

create function private.social_top_topics(p_days integer, p_limit integer)
returns table (topic_id integer, topic_label text, topic_keywords text[], message_count bigint)
language plpgsql
stable
security definer            -- checks the input in private; the user is in the query
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_user_id uuid := private.require_user_id();
begin
  perform private.social_check_limit('p_days', p_days, 365);
  perform private.social_check_limit('p_limit', p_limit, 100);
  return query
  select
    t.topic_id,
    t.topic_label,
    (array_agg(t.topic_keywords::text order by t.analysis_date desc, t.id))[1]::text[],
    sum(t.message_count)
  from social.topic_analysis as t
  where t.user_id = v_user_id and t.analysis_date > current_date - p_days and t.topic_id <> -1
  group by t.topic_id, t.topic_label
  order by sum(t.message_count) desc, t.topic_id
  limit p_limit;
end;
$$;
grant execute on function private.social_top_topics(integer, integer) to authenticated;

-- sql/social/functions/social_tsconfig.sql

-- A text search configuration of Postgres by its name, or PT400 tsconfig_unknown.
create function private.social_tsconfig(p_name text)
returns regconfig
language plpgsql
stable
set search_path = ''
as $$
declare
  v_config regconfig;
begin
  select c.oid::regconfig into v_config
  from pg_catalog.pg_ts_config as c
  where c.cfgnamespace = 'pg_catalog'::regnamespace and c.cfgname = p_name;
  if not found then
    raise exception using
      errcode = 'PT400', message = 'tsconfig_unknown',
      detail = format('There is no text search configuration "%s".', left(p_name, 100)),
      hint = 'Send simple, or a language such as english or german.';
  end if;
  return v_config;
end;
$$;

-- sql/social/functions/social_unverify_account.sql

-- Another account than the one that was confirmed: its messages are not this user's.
create function private.social_unverify_account()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new.verified_at := null;
  return new;
end;
$$;

-- sql/social/functions/social_usage_report.sql

-- The caller's movements of credits in the last days, by day (UTC) and type.
create function private.social_usage_report(p_days integer)
returns table (
  day date,
  transaction_type text,
  transactions bigint,
  credits bigint
)
language plpgsql
stable
security definer            -- reads the caller's rows by their id
set search_path = ''
as $$
declare
  v_user_id uuid := private.require_user_id();
begin
  perform private.social_check_limit('p_days', p_days, 366);
  return query
  select (t.created_at at time zone 'UTC')::date as on_day, t.transaction_type, count(*), sum(t.credits_amount)
  from social.credit_transactions as t
  where t.user_id = v_user_id
    and t.created_at >= ((now() at time zone 'UTC')::date - (p_days - 1)) at time zone 'UTC'
  group by on_day, t.transaction_type
  order by on_day desc, t.transaction_type;
end;
$$;
grant execute on function private.social_usage_report(integer) to authenticated;

-- sql/social/api/activate_topic_model.sql

create function social.activate_topic_model(p_model_id uuid)
returns social.bertopic_models
language sql
security invoker
set search_path = ''
begin atomic
  select private.social_activate_topic_model(p_model_id);
end;
grant execute on function social.activate_topic_model(uuid) to authenticated;
comment on function social.activate_topic_model(uuid) is
  'Makes one of the caller''s topic models the active one, and the others inactive. Errors: PT403 not_signed_in; PT404 topic_model_not_found.';

-- sql/social/api/connect_account.sql

create function social.connect_account(
  p_platform text,
  p_account_id text,
  p_username text default null,
  p_display_name text default null,
  p_profile_url text default null,
  p_access_token text default null,
  p_refresh_token text default null,
  p_expires_at timestamptz default null
)
returns social.social_accounts
language sql
security invoker
set search_path = ''
begin atomic
  select private.social_connect_account(p_platform, p_account_id, p_username, p_display_name, p_profile_url, p_access_token, p_refresh_token, p_expires_at);
end;
grant execute on function social.connect_account(text, text, text, text, text, text, text, timestamptz) to authenticated;
comment on function social.connect_account(text, text, text, text, text, text, text, timestamptz) is
  'Connects the caller''s account on a platform, or connects it again, and encrypts its tokens. Texts that are null stay as they were. It is not verified: connect_account_for does that. Errors: PT403 not_signed_in, profile_missing; PT400 argument_missing, argument_too_long, platform_unknown; PT500 secret_missing.';

-- sql/social/api/connect_account_for.sql

create function social.connect_account_for(
  p_user_id uuid,
  p_platform text,
  p_account_id text,
  p_username text default null,
  p_display_name text default null,
  p_profile_url text default null,
  p_access_token text default null,
  p_refresh_token text default null,
  p_expires_at timestamptz default null
)
returns social.social_accounts
language sql
security invoker
set search_path = ''
begin atomic
  select private.social_connect_account_for(p_user_id, p_platform, p_account_id, p_username, p_display_name, p_profile_url, p_access_token, p_refresh_token, p_expires_at);
end;
grant execute on function social.connect_account_for(uuid, text, text, text, text, text, text, text, timestamptz) to service_role;
comment on function social.connect_account_for(uuid, text, text, text, text, text, text, text, timestamptz) is
  'Connects an account for a user after the platform said that it is theirs, and marks it verified; as connect_account otherwise. Errors: PT403 profile_missing; PT400 argument_missing, argument_too_long, platform_unknown; PT500 secret_missing.';

-- sql/social/api/conversations_with_last_message.sql

create function social.conversations_with_last_message(
  p_limit integer default 50,
  p_before timestamptz default null,
  p_before_id uuid default null
)
returns table (
  id uuid,
  social_account_id uuid,
  external_conversation_id text,
  customer_identifier text,
  customer_name text,
  customer_avatar_url text,
  status text,
  priority text,
  assigned_to uuid,
  tags text[],
  ai_mode text,
  automation_disabled boolean,
  unread_count integer,
  last_message_at timestamptz,
  metadata jsonb,
  created_at timestamptz,
  updated_at timestamptz,
  last_message jsonb
)
language sql
stable
security invoker
set search_path = ''
begin atomic
  select * from private.social_conversations_with_last_message(p_limit, p_before, p_before_id);
end;
grant execute on function social.conversations_with_last_message(integer, timestamptz, uuid) to authenticated;
comment on function social.conversations_with_last_message(integer, timestamptz, uuid) is
  'The caller''s conversations that have a message, the newest message first, with that message as an object. The next page: p_before and p_before_id are last_message_at and id of the last row. p_limit is 1 to 100. Errors: PT403 not_signed_in; PT400 limit_invalid.';

-- sql/social/api/decision_statistics.sql

create function social.decision_statistics(p_days integer default 7)
returns table (decision text, decisions bigint, average_confidence numeric, share numeric)
language sql
stable
security invoker
set search_path = ''
begin atomic
  select * from private.social_decision_statistics(p_days);
end;
grant execute on function social.decision_statistics(integer) to authenticated;
comment on function social.decision_statistics(integer) is
  'How often the AI decided what for the caller within p_days (1 to 365), how sure it was (0 to 1) and which share of all that is (0 to 1). Errors: PT403 not_signed_in; PT400 limit_invalid.';

-- sql/social/api/engagement_over_time.sql

create function social.engagement_over_time(
  p_days integer default 30,
  p_platform text default null
)
returns table (
  day date,
  platform social.social_platform,
  posts bigint,
  likes bigint,
  shares bigint,
  comments bigint,
  impressions bigint,
  reach bigint,
  clicks bigint,
  conversions bigint,
  engagement_rate numeric
)
language sql
stable
security invoker
set search_path = ''
begin atomic
  select * from private.social_engagement_over_time(p_days, p_platform);
end;
grant execute on function social.engagement_over_time(integer, text) to authenticated;
comment on function social.engagement_over_time(integer, text) is
  'The caller''s numbers a day (UTC) and platform within p_days (1 to 365): of each post the last snapshot of the day, added up; engagement_rate is their average. Errors: PT403 not_signed_in; PT400 limit_invalid, argument_missing, argument_too_long, platform_unknown.';

-- sql/social/api/get_account_tokens.sql

create function social.get_account_tokens(p_account_id uuid)
returns jsonb
language sql
stable
security invoker
set search_path = ''
begin atomic
  select private.social_get_account_tokens(p_account_id);
end;
grant execute on function social.get_account_tokens(uuid) to service_role;
comment on function social.get_account_tokens(uuid) is
  'For the service: {id, user_id, platform, account_id, is_active, access_token, refresh_token, token_expires_at}, tokens in the clear. Errors: PT404 social_account_not_found; PT422 tokens_missing; PT500 secret_missing.';

-- sql/social/api/mark_conversation_read.sql

create function social.mark_conversation_read(p_conversation_id uuid)
returns social.conversations
language sql
security invoker
set search_path = ''
begin atomic
  select private.social_mark_conversation_read(p_conversation_id);
end;
grant execute on function social.mark_conversation_read(uuid) to authenticated;
comment on function social.mark_conversation_read(uuid) is
  'Marks the inbound messages of the caller''s conversation read, which sets its unread_count to 0, and returns the conversation. Errors: PT403 not_signed_in; PT404 conversation_not_found.';

-- sql/social/api/match_faq.sql

create function social.match_faq(p_query text, p_limit integer default 5)
returns table (
  id uuid,
  title text,
  question text,
  answer text,
  metadata jsonb,
  score real
)
language sql
stable
security invoker
set search_path = ''
begin atomic
  select * from private.social_match_faq(p_query, p_limit);
end;
grant execute on function social.match_faq(text, integer) to authenticated;
comment on function social.match_faq(text, integer) is
  'The caller''s active answers to a question, best first, each with its phrasing that resembles p_query most and a score of 0.3 to 1. p_limit is 1 to 100. Errors: PT403 not_signed_in; PT400 argument_missing, argument_too_long, limit_invalid.';

-- sql/social/api/posts_with_comment_counts.sql

create function social.posts_with_comment_counts(
  p_limit integer default 50,
  p_before timestamptz default null,
  p_before_id uuid default null
)
returns table (
  id uuid,
  social_account_id uuid,
  platform_post_id text,
  platform text,
  caption text,
  media_url text,
  posted_at timestamptz,
  source text,
  monitoring_enabled boolean,
  monitoring_ends_at timestamptz,
  comment_count bigint,
  reply_count bigint,
  awaiting_count bigint
)
language sql
stable
security invoker
set search_path = ''
begin atomic
  select * from private.social_posts_with_comment_counts(p_limit, p_before, p_before_id);
end;
grant execute on function social.posts_with_comment_counts(integer, timestamptz, uuid) to authenticated;
comment on function social.posts_with_comment_counts(integer, timestamptz, uuid) is
  'The caller''s monitored posts, newest first, with how many comments they have, how many of those were replied to and how many await a reply. The next page: p_before and p_before_id are posted_at and id of the last row. p_limit is 1 to 100. Errors: PT403 not_signed_in; PT400 limit_invalid.';

-- sql/social/api/prune_checkpoints.sql

create function social.prune_checkpoints(p_thread_id text, p_keep integer default 10)
returns jsonb
language sql
security invoker
set search_path = ''
begin atomic
  select private.social_prune_checkpoints(p_thread_id, p_keep);
end;
grant execute on function social.prune_checkpoints(text, integer) to authenticated, service_role;
comment on function social.prune_checkpoints(text, integer) is
  'Deletes the checkpoints of a thread of the caller, or of anybody for the service, but the newest p_keep (1 to 1000) of each namespace and what those are rebuilt from. Returns how many rows went as {checkpoints, blobs, writes}. Errors: PT403 not_signed_in; PT400 argument_missing, argument_too_long, limit_invalid; PT404 thread_unknown.';

-- sql/social/api/search_knowledge.sql

create function social.search_knowledge(
  p_query text default null,
  p_embedding extensions.vector default null,
  p_limit integer default 10
)
returns table (
  chunk_id uuid,
  document_id uuid,
  title text,
  chunk_index integer,
  content text,
  metadata jsonb,
  score double precision,
  text_rank bigint,
  vector_rank bigint
)
language sql
security invoker
set search_path = ''
begin atomic
  select * from private.social_search_knowledge(p_query, p_embedding, p_limit);
end;
grant execute on function social.search_knowledge(text, extensions.vector, integer) to authenticated;
comment on function social.search_knowledge(text, extensions.vector, integer) is
  'The caller''s chunks that match p_query in words (web search syntax) or are near p_embedding (768 dimensions, cosine), best first by reciprocal rank fusion; one of the two may be null. p_limit is 1 to 100. text_rank and vector_rank are the places on each side, null where it was not found. Errors: PT403 not_signed_in; PT400 argument_missing, argument_too_long, embedding_invalid, limit_invalid.';

-- sql/social/api/set_account_tokens.sql

create function social.set_account_tokens(
  p_account_id uuid,
  p_access_token text,
  p_refresh_token text default null,
  p_expires_at timestamptz default null
)
returns social.social_accounts
language sql
security invoker
set search_path = ''
begin atomic
  select private.social_set_account_tokens(p_account_id, p_access_token, p_refresh_token, p_expires_at);
end;
grant execute on function social.set_account_tokens(uuid, text, text, timestamptz) to authenticated, service_role;
comment on function social.set_account_tokens(uuid, text, text, timestamptz) is
  'Replaces the tokens of the caller''s account, or for the service of any; encrypted. A refresh token of null stays as it was. Errors: PT403 not_signed_in; PT404 social_account_not_found; PT400 argument_missing, argument_too_long; PT500 secret_missing.';

-- sql/social/api/top_topics.sql

create function social.top_topics(
  p_days integer default 7,
  p_limit integer default 10
)
returns table (topic_id integer, topic_label text, topic_keywords text[], message_count bigint)
language sql
stable
security invoker
set search_path = ''
begin atomic
  select * from private.social_top_topics(p_days, p_limit);
end;
grant execute on function social.top_topics(integer, integer) to authenticated;
comment on function social.top_topics(integer, integer) is
  'What the caller''s customers wrote most about within p_days (1 to 365), without outliers; p_limit is 1 to 100. Errors: PT403 not_signed_in; PT400 limit_invalid.';

-- sql/social/api/usage_report.sql

create function social.usage_report(p_days integer default 30)
returns table (
  day date,
  transaction_type text,
  transactions bigint,
  credits bigint
)
language sql
stable
security invoker
set search_path = ''
begin atomic
  select * from private.social_usage_report(p_days);
end;
grant execute on function social.usage_report(integer) to authenticated;
comment on function social.usage_report(integer) is
  'The caller''s credits by day (UTC, newest first) and type over the last p_days (1 to 366, today included): how many transactions, and their sum, negative for what was taken. Days without any have no row. Errors: PT403 not_signed_in; PT400 limit_invalid.';

-- sql/social/policies_accounts.sql

-- Each policy is one comparison with an indexed column, so that a list without any
-- filter reads its user's rows alone. Nobody but the user reads them: the document
-- has no admins, and a customer's messages are no business of ours.
grant select on social.users to authenticated, service_role;
-- As on profiles: an upsert sets the key too.
grant insert (id, full_name), update (id, full_name) on social.users to authenticated;
grant insert, update on social.users to service_role;

grant select, insert, update, delete on social.ai_settings to service_role;
grant select, delete on social.ai_settings to authenticated;
grant insert (
  id, user_id, ai_model, temperature, top_p, lang, tone, system_prompt, ai_control_enabled,
  ai_enabled_for_chats, ai_enabled_for_comments, flagged_keywords, flagged_phrases, instructions,
  ignore_examples, doc_lang
) on social.ai_settings to authenticated;
grant update (
  id, user_id, ai_model, temperature, top_p, lang, tone, system_prompt, ai_control_enabled,
  ai_enabled_for_chats, ai_enabled_for_comments, flagged_keywords, flagged_phrases, instructions,
  ignore_examples, doc_lang
) on social.ai_settings to authenticated;

grant select, insert, update, delete on social.social_accounts to service_role;
grant select, delete on social.social_accounts to authenticated;
grant insert (
  id, user_id, platform, account_id, username, display_name, profile_url, token_expires_at, is_active
) on social.social_accounts to authenticated;
grant update (
  id, user_id, platform, account_id, username, display_name, profile_url, token_expires_at, is_active
) on social.social_accounts to authenticated;

create policy "Users read their own AI settings"
  on social.ai_settings for select to authenticated
  using (user_id = (select private.user_id()));

create policy "Users insert their own AI settings"
  on social.ai_settings for insert to authenticated
  with check (user_id = (select private.user_id()));

create policy "Users update their own AI settings"
  on social.ai_settings for update to authenticated
  using (user_id = (select private.user_id()))
  with check (user_id = (select private.user_id()));

create policy "Users delete their own AI settings"
  on social.ai_settings for delete to authenticated
  using (user_id = (select private.user_id()));

create policy "Users read their own accounts"
  on social.social_accounts for select to authenticated
  using (user_id = (select private.user_id()));

create policy "Users insert their own accounts"
  on social.social_accounts for insert to authenticated
  with check (user_id = (select private.user_id()));

create policy "Users update their own accounts"
  on social.social_accounts for update to authenticated
  using (user_id = (select private.user_id()))
  with check (user_id = (select private.user_id()));

create policy "Users delete their own accounts"
  on social.social_accounts for delete to authenticated
  using (user_id = (select private.user_id()));

-- sql/social/policies_messaging.sql

grant select, insert, update, delete on social.conversations to service_role;
grant select, delete on social.conversations to authenticated;
grant insert (
  id, social_account_id, external_conversation_id, customer_identifier, customer_name,
  customer_avatar_url, status, priority, assigned_to, tags, ai_mode, automation_disabled, metadata
) on social.conversations to authenticated;
grant update (
  customer_name, customer_avatar_url, status, priority, assigned_to, tags, ai_mode,
  automation_disabled, unread_count, metadata
) on social.conversations to authenticated;

grant select, insert, update, delete on social.conversation_messages to service_role;
grant select on social.conversation_messages to authenticated;
grant insert (
  id, conversation_id, direction, content, message_type, media_type, reply_to_message_id,
  storage_object_name, metadata
) on social.conversation_messages to authenticated;

grant select, insert, update, delete on social.ai_decisions to service_role;
grant select on social.ai_decisions to authenticated;

grant select, insert, update, delete on social.support_escalations to service_role;
grant select on social.support_escalations to authenticated;

create policy "Users read conversations of their accounts"
  on social.conversations for select to authenticated
  using (user_id = (select private.user_id()));

create policy "Users insert conversations of their accounts"
  on social.conversations for insert to authenticated
  with check (user_id = (select private.user_id()));

create policy "Users update conversations of their accounts"
  on social.conversations for update to authenticated
  using (user_id = (select private.user_id()))
  with check (user_id = (select private.user_id()));

create policy "Users delete conversations of their accounts"
  on social.conversations for delete to authenticated
  using (user_id = (select private.user_id()));

create policy "Users read messages of their conversations"
  on social.conversation_messages for select to authenticated
  using (user_id = (select private.user_id()));

create policy "Users send messages in their conversations"
  on social.conversation_messages for insert to authenticated
  with check (user_id = (select private.user_id()) and direction = 'outbound');

create policy "Users read decisions about their messages"
  on social.ai_decisions for select to authenticated
  using (user_id = (select private.user_id()));

create policy "Users read escalations of their conversations"
  on social.support_escalations for select to authenticated
  using (user_id = (select private.user_id()));

-- sql/social/policies_posts.sql

grant select, insert, update, delete on social.scheduled_posts to service_role;
grant select, delete on social.scheduled_posts to authenticated;
grant insert (id, user_id, channel_id, platform, content_json, publish_at, rrule, status)
  on social.scheduled_posts to authenticated;
grant update (id, user_id, channel_id, platform, content_json, publish_at, rrule, status)
  on social.scheduled_posts to authenticated;

grant select, insert, update, delete on social.post_runs to service_role;
grant select on social.post_runs to authenticated;

grant select, insert, update, delete on social.monitored_posts to service_role;
grant select, delete on social.monitored_posts to authenticated;
grant insert (
  id, user_id, social_account_id, platform_post_id, platform, caption, media_url, posted_at, source,
  monitoring_enabled, monitoring_ends_at
) on social.monitored_posts to authenticated;
grant update (
  id, user_id, social_account_id, platform_post_id, platform, caption, media_url, posted_at, source,
  monitoring_enabled, monitoring_ends_at
) on social.monitored_posts to authenticated;

grant select, insert, update, delete on social.monitoring_rules to service_role;
grant select, delete on social.monitoring_rules to authenticated;
grant insert (
  id, user_id, social_account_id, auto_monitor_enabled, auto_monitor_count, monitoring_duration_days
) on social.monitoring_rules to authenticated;
grant update (
  id, user_id, social_account_id, auto_monitor_enabled, auto_monitor_count, monitoring_duration_days
) on social.monitoring_rules to authenticated;

grant select, insert, update, delete on social.comments to service_role;
grant select on social.comments to authenticated;
grant update (triage, hidden) on social.comments to authenticated;

create policy "Users read their own scheduled posts"
  on social.scheduled_posts for select to authenticated
  using (user_id = (select private.user_id()));

create policy "Users schedule posts on their accounts"
  on social.scheduled_posts for insert to authenticated
  with check (user_id = (select private.user_id()) and status = 'queued');

-- Which posts may be changed, a trigger says: a policy would leave them out silently.
create policy "Users change and cancel their own scheduled posts"
  on social.scheduled_posts for update to authenticated
  using (user_id = (select private.user_id()))
  with check (user_id = (select private.user_id()) and status in ('queued', 'cancelled'));

create policy "Users delete their own posts that are not being published"
  on social.scheduled_posts for delete to authenticated
  using (user_id = (select private.user_id()) and status <> 'publishing');

create policy "Users read runs of their posts"
  on social.post_runs for select to authenticated
  using (user_id = (select private.user_id()));

create policy "Users read their own monitored posts"
  on social.monitored_posts for select to authenticated
  using (user_id = (select private.user_id()));

create policy "Users insert their own monitored posts"
  on social.monitored_posts for insert to authenticated
  with check (user_id = (select private.user_id()));

create policy "Users update their own monitored posts"
  on social.monitored_posts for update to authenticated
  using (user_id = (select private.user_id()))
  with check (user_id = (select private.user_id()));

create policy "Users delete their own monitored posts"
  on social.monitored_posts for delete to authenticated
  using (user_id = (select private.user_id()));

create policy "Users read their own monitoring rules"
  on social.monitoring_rules for select to authenticated
  using (user_id = (select private.user_id()));

create policy "Users insert their own monitoring rules"
  on social.monitoring_rules for insert to authenticated
  with check (user_id = (select private.user_id()));

create policy "Users update their own monitoring rules"
  on social.monitoring_rules for update to authenticated
  using (user_id = (select private.user_id()))
  with check (user_id = (select private.user_id()));

create policy "Users delete their own monitoring rules"
  on social.monitoring_rules for delete to authenticated
  using (user_id = (select private.user_id()));

create policy "Users read comments on their posts"
  on social.comments for select to authenticated
  using (user_id = (select private.user_id()));

create policy "Users triage and hide comments on their posts"
  on social.comments for update to authenticated
  using (user_id = (select private.user_id()))
  with check (user_id = (select private.user_id()));

-- sql/social/policies_analytics.sql

-- Made by the service alone; a model is chosen by activate_topic_model.
grant select, insert, update, delete on social.analytics to service_role;
grant select on social.analytics to authenticated;
grant select, delete on social.analytics_history to service_role;
grant select on social.analytics_history to authenticated;
grant select, insert, update, delete on social.topic_analysis to service_role;
grant select on social.topic_analysis to authenticated;
grant select, insert, update, delete on social.bertopic_models to service_role;
grant select on social.bertopic_models to authenticated;

create policy "Users read analytics of their posts"
  on social.analytics for select to authenticated
  using (user_id = (select private.user_id()));

create policy "Users read the history of their analytics"
  on social.analytics_history for select to authenticated
  using (user_id = (select private.user_id()));

create policy "Users read topics of their customers"
  on social.topic_analysis for select to authenticated
  using (user_id = (select private.user_id()));

create policy "Users read their own topic models"
  on social.bertopic_models for select to authenticated
  using (user_id = (select private.user_id()));

-- sql/social/policies_knowledge.sql

-- A front end upserts, which also sets the key and the user: both are granted, and
-- held by the policies and by triggers.
grant select, delete on social.knowledge_documents to authenticated;
grant insert (
  id, user_id, title, bucket_id, object_name, storage_object_id, file_size_bytes, status,
  embed_model, lang_code, tsconfig, last_ingested_at, last_embedded_at, is_deleted
) on social.knowledge_documents to authenticated;
grant update (
  id, user_id, title, bucket_id, object_name, storage_object_id, file_size_bytes, status,
  embed_model, lang_code, tsconfig, last_ingested_at, last_embedded_at, is_deleted
) on social.knowledge_documents to authenticated;
grant select, insert, update, delete on social.knowledge_documents to service_role;

grant select, delete on social.knowledge_chunks to authenticated;
grant insert (
  id, document_id, chunk_index, content, embedding, token_count, start_char, end_char,
  lang_code, tsconfig, metadata
) on social.knowledge_chunks to authenticated;
grant update (
  id, document_id, chunk_index, content, embedding, token_count, start_char, end_char,
  lang_code, tsconfig, metadata
) on social.knowledge_chunks to authenticated;
grant select, insert, update, delete on social.knowledge_chunks to service_role;

grant select, delete on social.faq_qa to authenticated;
grant insert (id, user_id, title, questions, answer, lang_code, tsconfig, is_active, metadata)
  on social.faq_qa to authenticated;
grant update (id, user_id, title, questions, answer, lang_code, tsconfig, is_active, metadata)
  on social.faq_qa to authenticated;
grant select, insert, update, delete on social.faq_qa to service_role;

create policy "Users read their own documents and admins read all"
  on social.knowledge_documents for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));

create policy "Users insert their own documents"
  on social.knowledge_documents for insert to authenticated
  with check (user_id = (select private.user_id()));

create policy "Users update their own documents"
  on social.knowledge_documents for update to authenticated
  using (user_id = (select private.user_id()))
  with check (user_id = (select private.user_id()));

create policy "Users delete their own documents"
  on social.knowledge_documents for delete to authenticated
  using (user_id = (select private.user_id()));

create policy "Users read the chunks of their documents and admins read all"
  on social.knowledge_chunks for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));

create policy "Users insert chunks of their own documents"
  on social.knowledge_chunks for insert to authenticated
  with check (user_id = (select private.user_id()));

create policy "Users update the chunks of their own documents"
  on social.knowledge_chunks for update to authenticated
  using (user_id = (select private.user_id()))
  with check (user_id = (select private.user_id()));

create policy "Users delete the chunks of their own documents"
  on social.knowledge_chunks for delete to authenticated
  using (user_id = (select private.user_id()));

create policy "Users read their own answers and admins read all"
  on social.faq_qa for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));

create policy "Users insert their own answers"
  on social.faq_qa for insert to authenticated
  with check (user_id = (select private.user_id()));

create policy "Users update their own answers"
  on social.faq_qa for update to authenticated
  using (user_id = (select private.user_id()))
  with check (user_id = (select private.user_id()));

create policy "Users delete their own answers"
  on social.faq_qa for delete to authenticated
  using (user_id = (select private.user_id()));

-- sql/social/policies_studio.sql

grant select on social.ai_models to authenticated;
grant select, insert, update, delete on social.ai_models to service_role;

grant select, delete on social.ai_studio_settings to authenticated;
grant insert (user_id, default_system_prompt, default_model, temperature)
  on social.ai_studio_settings to authenticated;
grant update (user_id, default_system_prompt, default_model, temperature)
  on social.ai_studio_settings to authenticated;
grant select, insert, update, delete on social.ai_studio_settings to service_role;

grant select, delete on social.ai_studio_conversation_metadata to authenticated;
grant insert (thread_id, user_id, title, model, message_count)
  on social.ai_studio_conversation_metadata to authenticated;
grant update (thread_id, user_id, title, model, message_count)
  on social.ai_studio_conversation_metadata to authenticated;
grant select, insert, update, delete on social.ai_studio_conversation_metadata to service_role;

grant select on social.checkpoints to authenticated, service_role;
grant select on social.checkpoint_blobs to authenticated, service_role;
grant select on social.checkpoint_writes to authenticated, service_role;
grant select on social.checkpoint_migrations to service_role;

-- What the checkpointer does, and no more: its upserts set these columns alone, so
-- that no row of a thread becomes one of another.
grant usage on schema social to langgraph;
grant select, insert, delete on social.checkpoints to langgraph;
grant update (checkpoint, metadata) on social.checkpoints to langgraph;
grant select, insert, delete on social.checkpoint_blobs to langgraph;
grant select, insert, delete on social.checkpoint_writes to langgraph;
grant update (channel, type, blob) on social.checkpoint_writes to langgraph;
grant select on social.checkpoint_migrations to langgraph;

create policy "Users read the active models and admins read all"
  on social.ai_models for select to authenticated
  using (is_active or (select private.is_admin()));

create policy "Users read their own studio settings and admins read all"
  on social.ai_studio_settings for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));

create policy "Users insert their own studio settings"
  on social.ai_studio_settings for insert to authenticated
  with check (user_id = (select private.user_id()));

create policy "Users update their own studio settings"
  on social.ai_studio_settings for update to authenticated
  using (user_id = (select private.user_id()))
  with check (user_id = (select private.user_id()));

create policy "Users delete their own studio settings"
  on social.ai_studio_settings for delete to authenticated
  using (user_id = (select private.user_id()));

create policy "Users read their own studio conversations and admins read all"
  on social.ai_studio_conversation_metadata for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));

create policy "Users insert their own studio conversations"
  on social.ai_studio_conversation_metadata for insert to authenticated
  with check (user_id = (select private.user_id()));

create policy "Users update their own studio conversations"
  on social.ai_studio_conversation_metadata for update to authenticated
  using (user_id = (select private.user_id()))
  with check (user_id = (select private.user_id()));

create policy "Users delete their own studio conversations"
  on social.ai_studio_conversation_metadata for delete to authenticated
  using (user_id = (select private.user_id()));

create policy "Users read their own threads' checkpoints and admins read all"
  on social.checkpoints for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));

create policy "Users read their own threads' blobs and admins read all"
  on social.checkpoint_blobs for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));

create policy "Users read their own threads' writes and admins read all"
  on social.checkpoint_writes for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));

-- sql/social/policies_billing.sql

-- Views run with the rights and policies of their caller: these grants open nothing
-- that the platform's tables keep closed.
grant select on social.user_credits to authenticated, service_role;
grant select on social.credit_transactions to authenticated, service_role;
grant select on social.products to anon, authenticated, service_role;
grant select on social.prices to anon, authenticated, service_role;
grant select on social.subscriptions to authenticated, service_role;
grant select on social.customers to authenticated, service_role;
grant select on social.webhook_events to authenticated, service_role;

-- sql/social/triggers_accounts.sql

create trigger claim_row
  before insert on social.ai_settings
  for each row execute function private.social_claim_row();
create trigger set_updated_at
  before update on social.ai_settings
  for each row execute function private.set_updated_at();

create trigger claim_row
  before insert on social.social_accounts
  for each row execute function private.social_claim_row();
-- Of clients alone: what the service writes, it knows.
create trigger unverify_account
  before update of user_id, platform, account_id on social.social_accounts
  for each row
  when (
    current_user = 'authenticated'
    and (old.user_id, old.platform, old.account_id)
      is distinct from (new.user_id, new.platform, new.account_id)
  )
  execute function private.social_unverify_account();
create trigger set_updated_at
  before update on social.social_accounts
  for each row execute function private.set_updated_at();

-- sql/social/triggers_messaging.sql

-- current_user tells a client's own statement from one of a definer's function.
create trigger prepare_conversation
  before insert or update of user_id, social_account_id on social.conversations
  for each row execute function private.social_prepare_conversation();
create trigger keep_counts
  before update of unread_count, last_message_at on social.conversations
  for each row
  when (current_user in ('authenticated', 'service_role'))
  execute function private.social_keep_counts();
create trigger read_conversation
  after update of unread_count on social.conversations
  for each row
  when (
    new.unread_count = 0 and old.unread_count > 0
    and current_user in ('authenticated', 'service_role')
  )
  execute function private.social_read_conversation();
create trigger set_updated_at
  before update on social.conversations
  for each row execute function private.set_updated_at();

create trigger prepare_agent_message
  before insert on social.conversation_messages
  for each row
  when (current_user = 'authenticated')
  execute function private.social_prepare_agent_message();
create trigger prepare_message
  before insert or update of user_id, conversation_id, reply_to_message_id
  on social.conversation_messages
  for each row execute function private.social_prepare_message();
-- Once a statement: a webhook brings many messages of one conversation.
create trigger count_new_messages
  after insert on social.conversation_messages
  referencing new table as inserted
  for each statement execute function private.social_count_new_messages();
create trigger count_changed_messages
  after update on social.conversation_messages
  referencing old table as before_change new table as after_change
  for each statement execute function private.social_count_changed_messages();
create trigger count_gone_messages
  after delete on social.conversation_messages
  referencing old table as removed
  for each statement execute function private.social_count_gone_messages();
create trigger set_updated_at
  before update on social.conversation_messages
  for each row execute function private.set_updated_at();

create trigger claim_row
  before insert on social.ai_decisions
  for each row execute function private.social_claim_row();
create trigger cut_decision
  before insert or update of message_text on social.ai_decisions
  for each row execute function private.social_cut_decision();
create trigger set_updated_at
  before update on social.ai_decisions
  for each row execute function private.set_updated_at();

create trigger prepare_escalation
  before insert or update of user_id, conversation_id on social.support_escalations
  for each row execute function private.social_prepare_escalation();
create trigger silence_conversations
  after insert on social.support_escalations
  referencing new table as inserted
  for each statement execute function private.social_silence_conversations();
create trigger set_updated_at
  before update on social.support_escalations
  for each row execute function private.set_updated_at();

-- sql/social/triggers_posts.sql

create trigger prepare_post
  before insert or update of user_id, channel_id, platform, content_json, rrule
  on social.scheduled_posts
  for each row execute function private.social_prepare_post();
create trigger move_post
  before update of status, retry_count on social.scheduled_posts
  for each row execute function private.social_move_post();
create trigger refuse_started_post
  before update on social.scheduled_posts
  for each row
  when (current_user = 'authenticated' and old.status <> 'queued')
  execute function private.social_refuse_started_post();
create trigger set_updated_at
  before update on social.scheduled_posts
  for each row execute function private.set_updated_at();

create trigger prepare_run
  before insert or update of user_id, scheduled_post_id on social.post_runs
  for each row execute function private.social_prepare_run();
create trigger set_updated_at
  before update on social.post_runs
  for each row execute function private.set_updated_at();

create trigger prepare_monitored_post
  before insert or update of user_id, social_account_id, platform on social.monitored_posts
  for each row execute function private.social_prepare_monitored_post();
-- After it, by name: the rule is looked up by the user that it set.
create trigger time_monitoring
  before insert or update of monitoring_enabled, monitoring_started_at, monitoring_ends_at
  on social.monitored_posts
  for each row execute function private.social_time_monitoring();
create trigger set_updated_at
  before update on social.monitored_posts
  for each row execute function private.set_updated_at();

create trigger prepare_rule
  before insert or update of user_id, social_account_id on social.monitoring_rules
  for each row execute function private.social_prepare_rule();
create trigger set_updated_at
  before update on social.monitoring_rules
  for each row execute function private.set_updated_at();

create trigger prepare_comment
  before insert or update of user_id, post_id, monitored_post_id on social.comments
  for each row execute function private.social_prepare_comment();
create trigger set_updated_at
  before update on social.comments
  for each row execute function private.set_updated_at();

-- sql/social/triggers_analytics.sql

create trigger prepare_analytics
  before insert or update of user_id, content_id on social.analytics
  for each row execute function private.social_prepare_analytics();
create trigger stamp_analytics
  before update on social.analytics
  for each row
  when (
    (old.content_id, old.platform, old.likes, old.shares, old.comments, old.impressions, old.reach,
      old.engagement_rate, old.clicks, old.conversions)
      is distinct from
    (new.content_id, new.platform, new.likes, new.shares, new.comments, new.impressions, new.reach,
      new.engagement_rate, new.clicks, new.conversions)
  )
  execute function private.social_stamp_analytics();
create trigger keep_new_analytics
  after insert on social.analytics
  for each row execute function private.social_keep_analytics();
create trigger keep_changed_analytics
  after update on social.analytics
  for each row
  when (
    (old.content_id, old.platform, old.likes, old.shares, old.comments, old.impressions, old.reach,
      old.engagement_rate, old.clicks, old.conversions)
      is distinct from
    (new.content_id, new.platform, new.likes, new.shares, new.comments, new.impressions, new.reach,
      new.engagement_rate, new.clicks, new.conversions)
  )
  execute function private.social_keep_analytics();
create trigger set_updated_at
  before update on social.analytics
  for each row execute function private.set_updated_at();

create trigger claim_row
  before insert on social.topic_analysis
  for each row execute function private.social_claim_row();
create trigger set_updated_at
  before update on social.topic_analysis
  for each row execute function private.set_updated_at();

create trigger claim_row
  before insert on social.bertopic_models
  for each row execute function private.social_claim_row();
-- After it, by name: it looks for the user's other models.
create trigger take_over
  before insert or update of user_id, is_active on social.bertopic_models
  for each row
  when (new.is_active)
  execute function private.social_activate_model();
create trigger set_updated_at
  before update on social.bertopic_models
  for each row execute function private.set_updated_at();

-- sql/social/triggers_knowledge.sql

-- Of one event, triggers run in the order of their names: claim, prepare, set.
create trigger claim_row
  before insert on social.knowledge_documents
  for each row execute function private.social_claim_row();
create trigger keep_user
  before update on social.knowledge_documents
  for each row when (old.user_id is distinct from new.user_id)
  execute function private.social_refuse_change('user_id');
create trigger prepare_document
  before insert or update on social.knowledge_documents
  for each row execute function private.social_prepare_document();
create trigger set_updated_at
  before update on social.knowledge_documents
  for each row execute function private.set_updated_at();

create trigger prepare_chunk
  before insert or update on social.knowledge_chunks
  for each row execute function private.social_prepare_chunk();
create trigger set_updated_at
  before update on social.knowledge_chunks
  for each row execute function private.set_updated_at();

create trigger claim_row
  before insert on social.faq_qa
  for each row execute function private.social_claim_row();
create trigger keep_user
  before update on social.faq_qa
  for each row when (old.user_id is distinct from new.user_id)
  execute function private.social_refuse_change('user_id');
create trigger prepare_faq
  before insert or update on social.faq_qa
  for each row execute function private.social_prepare_faq();
create trigger set_updated_at
  before update on social.faq_qa
  for each row execute function private.set_updated_at();

-- sql/social/triggers_studio.sql

create trigger set_updated_at
  before update on social.ai_models
  for each row execute function private.set_updated_at();

create trigger claim_row
  before insert on social.ai_studio_settings
  for each row execute function private.social_claim_row();
create trigger keep_user
  before update on social.ai_studio_settings
  for each row when (old.user_id is distinct from new.user_id)
  execute function private.social_refuse_change('user_id');
create trigger set_updated_at
  before update on social.ai_studio_settings
  for each row execute function private.set_updated_at();

create trigger claim_row
  before insert on social.ai_studio_conversation_metadata
  for each row execute function private.social_claim_row();
create trigger keep_user
  before update on social.ai_studio_conversation_metadata
  for each row when (old.user_id is distinct from new.user_id)
  execute function private.social_refuse_change('user_id');
create trigger keep_thread
  before update on social.ai_studio_conversation_metadata
  for each row when (old.thread_id is distinct from new.thread_id)
  execute function private.social_refuse_change('thread_id');
create trigger set_updated_at
  before update on social.ai_studio_conversation_metadata
  for each row execute function private.set_updated_at();
create trigger drop_threads
  after delete on social.ai_studio_conversation_metadata
  referencing old table as dropped
  for each statement execute function private.social_drop_threads();

create trigger own_checkpoint
  before insert on social.checkpoints
  for each row execute function private.social_own_checkpoint();
create trigger set_updated_at
  before update on social.checkpoints
  for each row execute function private.set_updated_at();
create trigger own_checkpoint
  before insert on social.checkpoint_blobs
  for each row execute function private.social_own_checkpoint();
create trigger set_updated_at
  before update on social.checkpoint_blobs
  for each row execute function private.set_updated_at();
create trigger own_checkpoint
  before insert on social.checkpoint_writes
  for each row execute function private.social_own_checkpoint();
create trigger set_updated_at
  before update on social.checkpoint_writes
  for each row execute function private.set_updated_at();
create trigger set_updated_at
  before update on social.checkpoint_migrations
  for each row execute function private.set_updated_at();

-- sql/social/seed_accounts.sql

insert into private.retire_handlers (handler)
values ('private.social_retire_accounts')
on conflict do nothing;

insert into private.export_handlers (handler)
values ('private.social_export_accounts')
on conflict do nothing;

-- sql/social/seed_knowledge.sql

insert into private.retire_handlers (handler)
values ('private.social_retire_knowledge')
on conflict do nothing;

insert into private.export_handlers (handler)
values ('private.social_export_knowledge')
on conflict do nothing;

-- sql/social/seed_studio.sql

insert into social.ai_models (
  name, provider, openrouter_id, description, logo_key, credit_cost, model_type,
  max_context_tokens, supports_images, supports_audio
)
values
  ('GPT-4o', 'openai', 'openai/gpt-4o', 'For hard questions, with pictures', 'openai.svg', 5, 'advanced', 128000, true, false),
  ('GPT-4o mini', 'openai', 'openai/gpt-4o-mini', 'Quick and cheap', 'openai.svg', 1, 'affordable', 128000, true, false),
  ('Claude 3.5 Haiku', 'anthropic', 'anthropic/claude-3.5-haiku', 'Quick, with a good tone', 'anthropic.svg', 2, 'fast', 200000, true, false),
  ('Gemini 2.0 Flash', 'google', 'google/gemini-2.0-flash-001', 'Quick, for long documents', 'google.svg', 1, 'fast', 1048576, true, true),
  ('Llama 3.3 70B', 'meta', 'meta-llama/llama-3.3-70b-instruct', 'Open, and cheap', 'meta.svg', 1, 'affordable', 131072, false, false)
on conflict (openrouter_id) do nothing;

-- The steps of the checkpointer's setup(): 0 to 4 of the JavaScript package, to 9 of the
-- Python one, whose further indexes our primary keys are and whose task_path we have.
insert into social.checkpoint_migrations (v)
select v from generate_series(0, 9) as v
on conflict (v) do nothing;
