-- Whole credits everywhere. An account is one row, updated by every movement of
-- its user, so it keeps room on its page for HOT updates and carries no index
-- on anything that moves.
create table public.credit_accounts (
  user_id uuid primary key,
  balance integer not null default 0,
  held integer not null default 0,
  debt integer not null default 0,
  total_purchased bigint not null default 0,
  total_used bigint not null default 0,
  plan_credits integer not null default 0,
  next_reset_at timestamptz,
  next_expiry_at timestamptz not null default 'infinity',
  storage_used_mb double precision not null default 0,
  low_balance_at integer not null default 0,
  top_up_at integer,
  last_seq bigint not null default 0,
  closed_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint "a balance is never negative" check (balance >= 0),
  constraint "held credits are never negative" check (held >= 0),
  constraint "a debt is never negative" check (debt >= 0),
  constraint "who owes has nothing to spend" check (debt = 0 or balance = 0),
  constraint "used storage is never negative" check (storage_used_mb >= 0),
  constraint "a plan allowance is never negative" check (plan_credits >= 0),
  constraint "a balance is watched at an amount" check (low_balance_at >= 0 and top_up_at > 0)
) with (fillfactor = 50);

comment on table public.credit_accounts is
  'One row a user, closed and never deleted. Amounts are whole credits. Settled = balance + held; available = balance.';
comment on column public.credit_accounts.balance is 'Spendable now.';
comment on column public.credit_accounts.held is 'In open holds and in lots frozen by a dispute.';
comment on column public.credit_accounts.debt is 'Owed after a reversal took more than was left; grants repay it first.';
comment on column public.credit_accounts.next_expiry_at is 'When the next unfrozen lot with something left expires, or earlier.';
comment on column public.credit_accounts.low_balance_at is
  'A balance that falls below it is told to the user, once each time; 0 is never. Set at sign-up from the setting low_balance_threshold.';
comment on column public.credit_accounts.top_up_at is
  'A balance that falls below it is topped up; null without an auto-top-up.';
comment on column public.credit_accounts.last_seq is 'The seq of the account''s newest transaction.';

-- What one grant put in. Its key is the seq of the grant's transaction: an
-- account's lots lie together, and no random key is written on the hot path.
create table public.credit_lots (
  user_id uuid not null references public.credit_accounts (user_id),
  seq bigint not null,
  source text not null,
  granted integer not null,
  remaining integer not null,
  held integer not null default 0,
  spent integer not null default 0,
  expired integer not null default 0,
  revoked integer not null default 0,
  priority smallint not null,
  expires_at timestamptz not null default 'infinity',
  rollover_cap integer not null default 0,
  rollover_until timestamptz,
  rolled_held integer,
  frozen_at timestamptz,
  cause_type text,
  cause_id text,
  spendable boolean not null generated always as (remaining > 0 and frozen_at is null) stored,
  created_at timestamptz not null default now(),
  primary key (user_id, seq),
  constraint "a lot adds up" check (granted = remaining + held + spent + expired + revoked),
  constraint "no part of a lot is negative" check (
    granted > 0 and remaining >= 0 and held >= 0 and spent >= 0 and expired >= 0 and revoked >= 0
    and rollover_cap >= 0 and rolled_held <= held
  )
) with (fillfactor = 70);

-- The predicate is a stored flag, not "remaining > 0": a column of a predicate
-- that changes with every spend would make every spend a non-HOT update.
create index credit_lots_burn_idx on public.credit_lots (user_id, priority, expires_at, seq)
  where spendable;
create index credit_lots_cause_idx on public.credit_lots (cause_type, cause_id)
  where cause_id is not null;
comment on table public.credit_lots is
  'What each grant put in and what became of it. Burn order: priority, then expiry, then age (seq).';
comment on column public.credit_lots.expires_at is 'infinity when it never expires.';
comment on column public.credit_lots.rollover_cap is
  'What may be carried past expires_at, once, until rollover_until; after that, how much of it was not needed.';
comment on column public.credit_lots.rollover_until is 'Null: it expires whole, or was carried over already.';
comment on column public.credit_lots.rolled_held is
  'Not null once carried over: what was held then. Of that only so much comes back as rollover_cap still has room for.';
comment on column public.credit_lots.frozen_at is
  'Set while the payment behind it is disputed: nothing draws from it and it does not expire.';

create table public.credit_holds (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references public.credit_accounts (user_id),
  amount integer not null,
  captured integer not null default 0,
  status text not null default 'held',
  lot_seqs bigint[] not null,
  lot_amounts integer[] not null,
  expires_at timestamptz,
  description text,
  metadata jsonb not null default '{}'::jsonb,
  idempotency_key text,
  final_seq bigint,
  created_at timestamptz not null default now(),
  ended_at timestamptz,
  constraint "a hold holds something" check (amount > 0),
  constraint "a hold is captured at most in full" check (captured between 0 and amount),
  constraint "a hold has a known status" check (status in ('held', 'captured', 'released', 'expired')),
  constraint "an ended hold says when" check ((status = 'held') = (ended_at is null))
) with (fillfactor = 70);

create index credit_holds_user_id_idx on public.credit_holds (user_id, created_at desc);
create unique index credit_holds_idempotency_key_idx on public.credit_holds (user_id, idempotency_key)
  where idempotency_key is not null;
create index credit_holds_expires_at_idx on public.credit_holds (expires_at)
  where status = 'held' and expires_at is not null;
comment on table public.credit_holds is
  'Credits set aside for work that is under way. Capturing spends them, releasing gives them back.';
comment on column public.credit_holds.lot_seqs is 'The lots it drew from, in the order taken; lot_amounts has how much.';
comment on column public.credit_holds.expires_at is 'Its own deadline; null when the deadlines of its jobs end it.';
comment on column public.credit_holds.final_seq is 'The seq of the capture that ended it.';

-- Append-only. Keyed by (user_id, seq): one account's history is one range, and
-- a million accounts' inserts do not touch the pages of a random key. id is a
-- random uuid for clients; its uniqueness is that of uuids, no index pays for it.
create table public.credit_transactions (
  user_id uuid not null references public.credit_accounts (user_id),
  seq bigint not null,
  id uuid not null default gen_random_uuid(),
  transaction_type text not null,
  operation text not null,
  amount integer not null,
  balance_before integer not null,
  balance_after integer not null,
  debt_before integer not null,
  debt_after integer not null,
  actor_id uuid,
  hold_id uuid,
  job_id uuid,
  cause_type text,
  cause_id text,
  description text,
  metadata jsonb not null default '{}'::jsonb,
  idempotency_key text,
  expires_at timestamptz,
  created_at timestamptz not null default clock_timestamp(),
  primary key (user_id, seq),
  constraint "a transaction has a known type" check (transaction_type in (
    'purchase', 'usage', 'refund', 'bonus', 'expiration', 'monthly_reset', 'trial_grant',
    'adjustment', 'chargeback'
  )),
  constraint "a transaction moves what it says" check (
    amount = (balance_after - debt_after) - (balance_before - debt_before)
  ),
  constraint "no balance of a transaction is negative" check (
    balance_before >= 0 and balance_after >= 0 and debt_before >= 0 and debt_after >= 0
  )
);

create unique index credit_transactions_idempotency_key_idx
  on public.credit_transactions (user_id, idempotency_key)
  where idempotency_key is not null;
-- What the products' documents list by. seq gives the same order, but no front end asks for it.
create index credit_transactions_user_id_idx on public.credit_transactions (user_id, created_at desc);
comment on table public.credit_transactions is
  'Every movement of credits, append-only. amount is the change of balance + held - debt; seq has no gap per user.';
comment on column public.credit_transactions.operation is
  'The ledger function that wrote it: grant, spend, capture, reverse, restore, expire or repay.';
comment on column public.credit_transactions.balance_after is 'balance + held after it, never negative.';
comment on column public.credit_transactions.actor_id is 'Who caused it when that is not the user: an admin.';

alter table public.credit_accounts enable row level security;
alter table public.credit_lots enable row level security;
alter table public.credit_holds enable row level security;
alter table public.credit_transactions enable row level security;

create index credit_accounts_next_expiry_at_idx on public.credit_accounts (next_expiry_at)
  where next_expiry_at < 'infinity';

-- Balances that fell below what is watched, one row a user until the sweep has looked
-- at it. Only who holds the account's lock inserts or deletes one, so that no spend
-- ever waits for a sweep here.
create table private.balance_crossings (
  user_id uuid primary key references public.credit_accounts (user_id),
  id bigint not null generated always as identity,
  crossed_at timestamptz not null default clock_timestamp()
);

create table private.credit_audits (
  id bigint generated always as identity primary key,
  findings integer not null,
  sample jsonb not null,
  created_at timestamptz not null default now()
);
comment on table private.credit_audits is
  'One row an audit: how many findings private.audit_credits() had, and the first twenty.';
