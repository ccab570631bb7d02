-- A subscription that a user began to buy on the provider's page.
create table private.subscription_checkouts (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references public.profiles (id),
  plan_id uuid not null references public.plans (id),
  price_id text not null,
  idempotency_key text not null,
  trial_days integer,
  session_id text unique,
  url text,
  held_until timestamptz,
  created_at timestamptz not null default now(),
  constraint "a subscription checkout's key is used once by a user" unique (user_id, idempotency_key),
  constraint "a trial has days, or is none" check (trial_days >= 0)
);
create index subscription_checkouts_user_id_idx on private.subscription_checkouts (user_id, created_at desc);
create index subscription_checkouts_plan_id_idx on private.subscription_checkouts (plan_id);
comment on table private.subscription_checkouts is
  'Subscriptions begun on Stripe''s page: what was offered, and the session that was made.';
comment on column private.subscription_checkouts.trial_days is
  'Decided from what Stripe knows of the customer, just before the session is made; null until then.';
comment on column private.subscription_checkouts.held_until is
  'Until then the checkout function alone makes a session for this user: two at once would be two trials.';

-- A change of a subscription that a user asked for, with the calls that carry it out.
create table private.subscription_changes (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references public.profiles (id),
  subscription_id text not null,
  action text not null,
  plan_id uuid references public.plans (id),
  idempotency_key text not null,
  decision jsonb,
  held_until timestamptz,
  done_at timestamptz,
  created_at timestamptz not null default now(),
  constraint "a change's key is used once by a user" unique (user_id, idempotency_key),
  constraint "a change is of a known kind" check (action in ('change_plan', 'cancel', 'resume')),
  constraint "a change of plan names the plan" check ((action = 'change_plan') = (plan_id is not null))
);
create index subscription_changes_subscription_id_idx
  on private.subscription_changes (subscription_id, created_at desc);
create index subscription_changes_plan_id_idx on private.subscription_changes (plan_id);
comment on table private.subscription_changes is
  'Upgrades, downgrades, cancellations and resumptions that users asked for.';
comment on column private.subscription_changes.decision is
  'What is to be done at Stripe: {effect now|period_end|none, effective_at, steps [{do, …}]}. Kept, so that a repeated call does the same.';
comment on column private.subscription_changes.held_until is
  'Until then one change at a time is carried out on this subscription.';

-- What a subscription costs a period, per item.
create type private.item_price as (
  unit_amount bigint,
  currency text
);
