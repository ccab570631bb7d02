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
