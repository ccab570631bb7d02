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
