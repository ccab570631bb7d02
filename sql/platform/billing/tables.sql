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
