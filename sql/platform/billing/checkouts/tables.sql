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
comment on column public.checkouts.external_id is
  'The provider''s session or, of a purchase without a page, its payment (pi_…). What is paid names the checkout by metadata.checkout_id.';

alter table public.checkouts enable row level security;
