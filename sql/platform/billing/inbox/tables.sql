-- The inbox: every event of every sender, stored once, applied once.
create table public.webhook_events (
  id uuid primary key default private.ordered_uuid(),
  source text not null,
  external_id text not null,
  event_type text not null,
  payload jsonb not null,
  object_type text,
  object_id text,
  status text not null default 'received',
  waiting_for text,
  error text,
  attempts integer not null default 0,
  next_attempt_at timestamptz,
  received_at timestamptz not null default now(),
  processed_at timestamptz,
  purged_at timestamptz,
  constraint "an event is stored once" unique (source, external_id),
  constraint "an event comes from a known sender" check (source in ('stripe', 'whop')),
  constraint "an event has a known status" check (
    status in ('received', 'applied', 'ignored', 'waiting', 'failed')
  )
);
create index webhook_events_next_attempt_at_idx on public.webhook_events (next_attempt_at)
  where next_attempt_at is not null;
create index webhook_events_waiting_for_idx on public.webhook_events (source, waiting_for)
  where waiting_for is not null;
create index webhook_events_open_idx on public.webhook_events (received_at)
  where status in ('received', 'waiting', 'failed');
-- Events come in order of time: a few pages serve the purge, and no insert pays.
create index webhook_events_received_at_idx on public.webhook_events using brin (received_at);
comment on table public.webhook_events is 'The inbox of all webhooks, with what became of each event.';
comment on column public.webhook_events.status is
  'applied; ignored: of a type without effect; waiting: about something not yet known; failed: see error. waiting and failed are retried until the last attempt: failed without next_attempt_at needs an admin.';
comment on column public.webhook_events.object_type is
  'What it is about, with object_id the key of its version in private.billing_versions; null when nothing is kept.';
comment on column public.webhook_events.waiting_for is
  'What has to be known first, such as customer:cus_1, price:price_1, payment:pi_1, checkout:<id>, product:prod_1, invoice:in_1. It is tried again when that appears.';
comment on column public.webhook_events.purged_at is
  'When the payload was emptied; what it said of its object is kept in private.billing_versions.';

alter table public.webhook_events enable row level security;
