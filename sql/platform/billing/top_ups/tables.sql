-- A user's own setting: when the balance falls below the threshold, buy the package.
create table public.auto_top_ups (
  user_id uuid primary key references public.profiles (id),
  enabled boolean not null,
  threshold integer not null,
  package_id uuid not null references public.credit_packages (id),
  unit_amount integer not null,
  currency text not null,
  monthly_cap integer not null,
  declined_payment_method text,
  declined_at timestamptz,
  decline_code text,
  look_again_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint "a threshold is above nothing" check (threshold between 1 and 1000000000),
  constraint "a cap has room for one top-up" check (unit_amount > 0 and monthly_cap >= unit_amount)
);
create index auto_top_ups_package_id_idx on public.auto_top_ups (package_id);
create index auto_top_ups_look_again_at_idx on public.auto_top_ups (look_again_at)
  where look_again_at is not null;
comment on table public.auto_top_ups is
  'Buys a package when the user''s balance falls below their threshold. Set by set_auto_top_up.';
comment on column public.auto_top_ups.unit_amount is
  'The package''s price that the user agreed to, in minor units of currency: at another price nothing is bought.';
comment on column public.auto_top_ups.monthly_cap is
  'At most this is charged in a calendar month (UTC), in minor units of currency; charges whose outcome is unknown count.';
comment on column public.auto_top_ups.declined_payment_method is
  'The breaker: what was declined, at declined_at. Nothing is charged until another payment method is saved, or another one is made the default, which clears this.';
comment on column public.auto_top_ups.look_again_at is
  'When a top-up that was held back (the cap, a declined card, no answer) is considered again.';

-- One row an automatic purchase. What it buys, and at what price, is its checkout's,
-- by the same id, as for any purchase: the webhook of its payment grants that.
create table public.top_ups (
  id uuid primary key references public.checkouts (id),
  user_id uuid not null references public.profiles (id),
  payment_method text not null,
  status text not null default 'open',
  decline_code text,
  created_at timestamptz not null default now(),
  ended_at timestamptz,
  constraint "a top-up has a known status" check (status in ('open', 'paid', 'failed', 'unknown')),
  constraint "an ended top-up says when" check ((status = 'open') = (ended_at is null))
);
-- One at a time.
create unique index top_ups_open_idx on public.top_ups (user_id) where status = 'open';
create index top_ups_user_id_idx on public.top_ups (user_id, created_at desc);
comment on table public.top_ups is
  'Automatic purchases of credits; what each buys is in the row of checkouts with its id.';
comment on column public.top_ups.status is
  'open: being charged; paid: the credits are granted; failed: not charged, see decline_code; unknown: the provider gave no answer (a payment that turns up later still grants).';

-- The cards that Stripe keeps for our customers; what is needed of them to charge one.
create table private.payment_methods (
  id text primary key,
  customer_id text,
  created_at timestamptz not null
);
create index payment_methods_customer_id_idx on private.payment_methods (customer_id, created_at desc);
comment on table private.payment_methods is
  'Payment methods by their ids at Stripe; customer_id is null once detached.';

alter table public.auto_top_ups enable row level security;
alter table public.top_ups enable row level security;
