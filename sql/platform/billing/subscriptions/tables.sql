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
