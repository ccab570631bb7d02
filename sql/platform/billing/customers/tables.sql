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
