create table public.invoices (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references public.profiles (id),
  source text not null default 'stripe',
  external_id text not null,
  subscription_id text,
  status text,
  billing_reason text,
  amount_due integer not null default 0,
  amount_paid integer not null default 0,
  total integer not null default 0,
  currency text not null,
  invoice_number text,
  period_start timestamptz,
  period_end timestamptz,
  attempt_count integer not null default 0,
  next_payment_attempt timestamptz,
  hosted_invoice_url text,
  invoice_pdf text,
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
comment on column public.invoices.period_start is 'The least and (period_end) the greatest period of its lines.';

-- What billing reads of an invoice, whoever sent it.
create type private.invoice_line as (
  price_id text,
  quantity integer,
  amount bigint,              -- minor units, before discounts; negative where something is credited
  is_proration boolean,
  period_start timestamptz,
  period_end timestamptz
);
create type private.invoice_facts as (
  id text,
  customer_id text,
  subscription_id text,
  metadata jsonb,             -- of the invoice, over that of its subscription
  status text,                -- draft, open, paid, void, uncollectible
  billing_reason text,
  amount_due integer,
  amount_paid integer,
  total integer,
  currency text,
  number text,
  attempt_count integer,
  next_payment_attempt timestamptz,
  hosted_url text,
  pdf text,
  created timestamptz,
  lines private.invoice_line[],
  has_more_lines boolean,     -- lines are missing: the whole invoice has to be fetched
  payment_references text[]   -- payment intents and charges that paid it, as far as it names them
);

alter table public.invoices enable row level security;
