-- What users are to be told. Rows are written by the database; a sender (the email
-- module) claims what is due and says how it went.
create table public.notifications_outbox (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references public.profiles (id),
  kind text not null,
  dedup_key text not null unique,
  payload jsonb not null default '{}'::jsonb,
  status text not null default 'due',
  due_at timestamptz default now(),
  attempts integer not null default 0,
  claim_token uuid,
  error text,
  created_at timestamptz not null default now(),
  sent_at timestamptz,
  constraint "a notification has a known kind" check (
    kind in ('low_balance', 'payment_failed', 'trial_ending', 'top_up_failed')
  ),
  constraint "a notification has a known status" check (status in ('due', 'sent', 'dropped', 'failed')),
  constraint "what is due is due some time" check ((status = 'due') = (due_at is not null)),
  constraint "what was sent says when" check ((status = 'sent') = (sent_at is not null)),
  constraint "a notification is small" check (pg_column_size(payload) <= 4096)
);
create index notifications_outbox_user_id_idx on public.notifications_outbox (user_id, created_at desc);
create index notifications_outbox_due_at_idx on public.notifications_outbox (due_at)
  where due_at is not null;
-- Rows come in order of time: a few pages serve the purge.
create index notifications_outbox_created_at_idx on public.notifications_outbox using brin (created_at);
comment on table public.notifications_outbox is
  'What users are to be told, once each: low_balance, payment_failed, trial_ending, top_up_failed. A payload has ids and numbers, no address and no name: the sender looks those up when it sends.';
comment on column public.notifications_outbox.dedup_key is
  'Names the fact that is told: the crossing, the invoice''s attempt, the trial''s end, the top-up. Also an idempotency key for the sender''s provider.';
comment on column public.notifications_outbox.status is
  'due; sent; dropped: no longer true when its turn came; failed: given up after ten attempts, see error.';
comment on column public.notifications_outbox.due_at is
  'When a sender may take it; while one has it, when its claim runs out.';

alter table public.notifications_outbox enable row level security;
