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
  whop_customer_id text unique,
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

-- The catalogue as the payment providers have it, kept by their webhooks.
create table public.products (
  id text primary key,
  source text not null default 'stripe',
  name text not null,
  description text,
  image text,
  active boolean not null default true,
  metadata jsonb not null default '{}'::jsonb,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint "a product comes from a known seller" check (source in ('stripe', 'whop'))
);
comment on table public.products is 'Products at Stripe and Whop, by their ids there.';

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
  rollover_cap integer not null default 0,
  monthly_limit integer,
  features jsonb not null default '{}'::jsonb,
  is_active boolean not null default true,
  sort_order integer not null default 0,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint "a plan's price is not negative" check (unit_amount >= 0),
  constraint "a plan's credits are not negative" check (credits_per_period >= 0 and rollover_cap >= 0),
  constraint "a monthly limit is not negative" check (monthly_limit >= 0),
  constraint "a plan's currency has three letters" check (currency ~ '^[a-z]{3}$')
);
comment on table public.plans is 'What a subscription gives: credits each period, a monthly limit, features.';
comment on column public.plans.unit_amount is 'Minor units of currency a month.';
comment on column public.plans.monthly_limit is 'Images a billing period; null is no limit.';
comment on column public.plans.rollover_cap is 'Unused plan credits that are carried into the next period, at most.';

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
comment on table public.subscription_history is 'The states that a subscription was in, one row each.';

create table public.invoices (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references public.profiles (id),
  source text not null default 'stripe',
  external_id text not null,
  subscription_id text,
  status text,
  amount_due integer not null default 0,
  amount_paid integer not null default 0,
  currency text not null,
  invoice_number text,
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

alter table public.products enable row level security;
alter table public.prices enable row level security;
alter table public.plans enable row level security;
alter table public.subscriptions enable row level security;
alter table public.subscription_history enable row level security;
alter table public.invoices enable row level security;
