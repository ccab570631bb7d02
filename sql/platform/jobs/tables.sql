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
  next_type text,
  handler_attempts smallint not null default 0,
  faults smallint not null default 0,
  route_id uuid,
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
-- Who works for us now, for the caps of providers. Not a foreign key: a finished job
-- keeps the id of a route that is gone.
create index jobs_route_id_idx on public.jobs (route_id)
  where route_id is not null and finished_at is null;
comment on table public.jobs is
  'Work that is asked for, under way or done. Request, price, hold and job begin in one transaction and end in one.';
comment on column public.jobs.status is
  'queued, processing (a worker has the lease), waiting (a provider works on it), completed, failed, cancelled.';
comment on column public.jobs.lock_token is
  'The fencing token of the current claim: a worker that lost its lease has an old one and changes nothing.';
comment on column public.jobs.due_at is 'When a sweep must look: lease, deadline or handler retry, whichever is first.';
comment on column public.jobs.progress is 'Percent, 0 to 100.';
comment on column public.jobs.price is 'Credits that success captures from the hold.';
comment on column public.jobs.next_type is
  'In a chain: the type of the job that this one''s success enqueues under the same hold. Its lane is locked with this job''s.';
comment on column public.jobs.faults is
  'Runs that a provider failed, not the work: they use up no attempt.';
comment on column public.jobs.route_id is 'Of public.provider_routes: who does it, or did.';
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
  -- Since when nobody wants it any more: its job ended while it was open.
  unwanted_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (provider, external_id)
);
create index provider_tasks_job_id_idx on private.provider_tasks (job_id);
create index provider_tasks_unwanted_at_idx on private.provider_tasks (unwanted_at)
  where unwanted_at is not null;

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

-- Jobs one after another under one hold: their types and prices, and what the first
-- one works on. Each enqueues the next by private.follow_job when it succeeds.
create type private.job_chain as (
  user_id uuid,
  subject_id uuid,
  payload jsonb,
  types text[],
  prices integer[],
  description text,
  metadata jsonb
);

alter table public.metered_operations enable row level security;
alter table public.job_types enable row level security;
alter table public.jobs enable row level security;
alter table public.job_attempts enable row level security;
