-- Who can do work for us, and how careful we are with each. Which of them have keys
-- is known to the worker alone, which says so with every claim.
create table public.providers (
  name text primary key,
  description text,
  is_active boolean not null default true,
  is_stand_in boolean not null default false,
  max_running integer,
  fault_limit integer not null default 5,
  cool_down interval not null default '30 seconds',
  max_cool_down interval not null default '10 minutes',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint "a provider's name is a word" check (name ~ '^[a-z][a-z0-9_-]{0,49}$'),
  constraint "a provider has bounds" check (
    max_running > 0 and fault_limit between 1 and 1000
    and cool_down >= interval '1 second' and max_cool_down between cool_down and interval '1 day'
  )
);
comment on table public.providers is
  'Who can do work for us. Admins read it and change it through admin_set_provider().';
comment on column public.providers.is_stand_in is
  'Taken only where no other provider of the worker has a route: a stand-in for development is no fallback.';
comment on column public.providers.max_running is 'Jobs at once over all its routes; null for no cap.';
comment on column public.providers.fault_limit is
  'Faults in a row, of different jobs, that open its circuit for an operation.';
comment on column public.providers.cool_down is
  'How long a circuit stays open at first; doubled each time it opens again, up to max_cool_down.';

-- Which provider, and which model of it, does an operation.
create table public.provider_routes (
  id uuid primary key default gen_random_uuid(),
  operation text not null,
  variant text not null default '',
  provider text not null references public.providers (name),
  model text not null default '',
  priority integer not null default 100,
  weight integer not null default 1,
  timeout interval not null default '10 minutes',
  max_running integer,
  settings jsonb not null default '{}'::jsonb,
  is_active boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint "a route is there once" unique (operation, variant, provider, model),
  constraint "a route has bounds" check (
    weight between 1 and 1000 and max_running > 0
    and timeout between interval '1 second' and interval '1 day'
    and char_length(operation) between 1 and 100
    and char_length(variant) <= 100 and char_length(model) <= 200
    and jsonb_typeof(settings) = 'object' and pg_column_size(settings) <= 16384
  )
);
create index provider_routes_provider_idx on public.provider_routes (provider);
comment on table public.provider_routes is
  'Who does an operation: low priority first, by weight among equals. Admins read it and change it through admin_set_route().';
comment on column public.provider_routes.operation is 'The type of the jobs.';
comment on column public.provider_routes.variant is
  'The variant in the price book that it serves (a model name, a size); empty for every variant.';
comment on column public.provider_routes.model is 'The provider''s own name of what is to be used.';
comment on column public.provider_routes.timeout is
  'How long an order may take; then it counts as a fault of the provider.';
comment on column public.provider_routes.max_running is 'Jobs at once on this route; null for no cap.';
comment on column public.provider_routes.settings is
  'What the provider''s adapter understands, no secrets: see docs/providers.md.';

-- A circuit a provider and operation; without a row it is closed.
create table public.provider_circuits (
  provider text not null references public.providers (name),
  operation text not null,
  faults integer not null default 0,
  last_fault_job_id uuid,
  last_status integer,
  openings integer not null default 0,
  open_until timestamptz,
  probe_until timestamptz,
  updated_at timestamptz not null default now(),
  primary key (provider, operation)
) with (fillfactor = 50);
comment on table public.provider_circuits is
  'Which providers are given a rest, for which operation: no work until open_until, then one job as a probe. Admins read it.';
comment on column public.provider_circuits.faults is 'Faults in a row, one a job.';
comment on column public.provider_circuits.openings is 'How often it opened in a row.';
comment on column public.provider_circuits.open_until is 'Null when it is closed; in the past when a probe may go.';
comment on column public.provider_circuits.probe_until is 'Until then one job is on its way to find out.';

alter table public.providers enable row level security;
alter table public.provider_routes enable row level security;
alter table public.provider_circuits enable row level security;
