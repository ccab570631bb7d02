-- One row a payment, keyed by the provider's payment (of a package: its payment
-- intent; of a subscription: its invoice): the fact that grants once, under whatever
-- event it arrives.
create table public.payments (
  source text not null,
  external_id text not null,
  user_id uuid not null references public.profiles (id),
  checkout_id uuid references public.checkouts (id),
  subscription_id text,
  amount integer not null,
  amount_refunded integer not null default 0,
  amount_lost integer not null default 0,
  is_disputed boolean not null default false,
  currency text not null,
  credits integer not null,
  lot_seq bigint,
  created_at timestamptz not null default now(),
  primary key (source, external_id)
);
create index payments_user_id_idx on public.payments (user_id, created_at desc);
create index payments_subscription_id_idx on public.payments (subscription_id);
-- A checkout is paid once.
create unique index payments_checkout_id_idx on public.payments (checkout_id);
comment on table public.payments is
  'A payment that was made and the credits it grants. Amounts are in minor units of currency.';
comment on column public.payments.amount_refunded is 'What went back by refunds that did not fail.';
comment on column public.payments.amount_lost is 'What lost disputes took.';
comment on column public.payments.is_disputed is 'A dispute is open: what is left of its credits is frozen.';
comment on column public.payments.lot_seq is 'The seq of the user''s first lot of it, set in the same transaction.';

-- The lots that a payment grants: one of a package or a period, several where a
-- year is granted month by month. What is taken back is reconciled a lot.
create table private.payment_grants (
  source text not null,
  payment_id text not null,
  n integer not null,
  user_id uuid not null,
  transaction_type text not null,
  credits integer not null,
  due_at timestamptz not null,
  expires_at timestamptz not null default 'infinity',
  rollover_cap integer not null default 0,
  rollover_until timestamptz,
  metadata jsonb not null default '{}'::jsonb,
  lot_seq bigint,
  refunded integer not null default 0,
  charged_back integer not null default 0,
  taken integer not null default 0,
  is_cancelled boolean not null default false,
  primary key (source, payment_id, n),
  foreign key (source, payment_id) references public.payments (source, external_id),
  constraint "a grant has credits" check (credits > 0)
);
create index payment_grants_due_at_idx on private.payment_grants (due_at)
  where lot_seq is null and not is_cancelled;
create index payment_grants_user_id_idx on private.payment_grants (user_id);
comment on table private.payment_grants is
  'The lots of a payment: what each grants, when, and what of it was taken back.';
comment on column private.payment_grants.lot_seq is 'The lot, once it is granted.';
comment on column private.payment_grants.refunded is 'Credits reversed for refunds; charged_back those for lost disputes.';
comment on column private.payment_grants.taken is 'How much of both was taken from the lot itself.';
comment on column private.payment_grants.is_cancelled is 'The subscription ended before it was due.';

-- What else names a payment: its payment intent, charge and invoice.
create table private.payment_references (
  source text not null,
  reference text not null,
  payment_id text not null,
  primary key (source, reference),
  foreign key (source, payment_id) references public.payments (source, external_id)
);
create index payment_references_payment_id_idx on private.payment_references (source, payment_id);
comment on table private.payment_references is
  'The ids under which refunds, disputes and charges name a payment.';

-- What charges say of their refunds. A charge's amount_refunded is there before its
-- refunds are known one by one.
create table private.charges (
  source text not null,
  id text not null,
  payment_id text not null,
  amount integer not null,
  amount_refunded integer not null,
  primary key (source, id),
  foreign key (source, payment_id) references public.payments (source, external_id)
);
create index charges_payment_id_idx on private.charges (source, payment_id);
comment on table private.charges is 'Charges of payments, mirrored. Amounts are in minor units.';

create table public.refunds (
  id text primary key,
  source text not null default 'stripe',
  user_id uuid not null references public.profiles (id),
  payment_id text not null,
  amount integer not null,
  currency text not null,
  status text not null,
  reason text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  foreign key (source, payment_id) references public.payments (source, external_id)
);
create index refunds_user_id_idx on public.refunds (user_id, created_at desc);
create index refunds_payment_id_idx on public.refunds (source, payment_id);
comment on table public.refunds is
  'Refunds by their ids at the provider. amount is in minor units; status: pending, requires_action, succeeded, failed, canceled.';

create table public.disputes (
  id text primary key,
  source text not null default 'stripe',
  user_id uuid not null references public.profiles (id),
  payment_id text not null,
  amount integer not null,
  currency text not null,
  status text not null,
  reason text,
  evidence_due_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  foreign key (source, payment_id) references public.payments (source, external_id)
);
create index disputes_user_id_idx on public.disputes (user_id, created_at desc);
create index disputes_payment_id_idx on public.disputes (source, payment_id);
comment on table public.disputes is
  'Disputes by their ids at the provider, in Stripe''s words. needs_response and under_review freeze the payment''s credits, won frees them, lost takes them; inquiries (warning_…) do nothing.';

-- What billing reads of a charge, a refund and a dispute, whoever sent it.
-- payment_references: the ids under which they name their payment, the surest first.
create type private.charge_facts as (
  id text,
  payment_references text[],
  status text,
  amount integer,
  amount_refunded integer
);
create type private.refund_facts as (
  id text,
  payment_references text[],
  status text,
  amount integer,
  currency text,
  reason text,
  created timestamptz
);
create type private.dispute_facts as (
  id text,
  payment_references text[],
  status text,
  amount integer,
  currency text,
  reason text,
  evidence_due_at timestamptz,
  created timestamptz
);

alter table public.payments enable row level security;
alter table public.refunds enable row level security;
alter table public.disputes enable row level security;
