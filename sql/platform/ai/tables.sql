-- What a provider charges us, by date: the newest effective price counts.
create table public.api_costs (
  id uuid primary key default gen_random_uuid(),
  api_provider text not null,
  operation_type text not null,
  model text not null default '',
  unit text not null default 'operation',
  cost_per_operation numeric(10, 4) not null,
  currency text not null default 'USD',
  effective_date date not null,
  is_active boolean not null default true,
  created_at timestamptz not null default now(),
  constraint "a cost has one price a day" unique (api_provider, operation_type, model, effective_date),
  constraint "a cost is not negative" check (cost_per_operation >= 0)
);
comment on table public.api_costs is
  'What a provider charges per unit of an operation, in currency units, from effective_date on.';
comment on column public.api_costs.model is
  'A price of this model alone; empty for the operation with any other model.';
comment on column public.api_costs.unit is 'What one quantity is: operation, image, second, call.';

create table public.api_usage_logs (
  id uuid primary key default gen_random_uuid(),
  user_id uuid references public.profiles (id),
  job_id uuid references public.jobs (id) on delete set null,
  api_provider text not null,
  operation_type text not null,
  model text,
  quantity numeric(12, 4) not null default 1,
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
