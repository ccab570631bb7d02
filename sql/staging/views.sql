-- The document's words for what the platform owns, for reading.
create view staging.users with (security_invoker = true) as
select
  p.id,
  p.auth0_sub,
  (select c.stripe_customer_id from public.customers as c where c.user_id = p.id) as stripe_customer_id,
  p.role,
  p.created_at
from public.profiles as p;
comment on view staging.users is 'public.profiles; public.ensure_profile() makes the row of an Auth0 user.';

create view staging.jobs with (security_invoker = true) as
select
  j.id,
  j.subject_id as image_id,
  j.type,
  j.payload as payload_json,
  -- A job that waits for its provider is under way; one that was cancelled gave nothing.
  case j.status
    when 'waiting' then 'processing'
    when 'cancelled' then 'failed'
    else j.status
  end as status,
  j.error,
  j.created_at,
  j.started_at,
  j.finished_at
from public.jobs as j
where j.type = 'stage:run';
comment on view staging.jobs is 'The jobs of images: public.jobs of the type stage:run.';

create view staging.results with (security_invoker = true) as
select
  i.id as image_id,
  i.project_id,
  i.user_id,
  i.room_type,
  i.style,
  i.original_url as before_url,
  i.staged_url as after_url,
  i.upload_path as before_path,
  (
    select f.value ->> 'path'
    from jsonb_array_elements(i.files) as f
    where f.value ->> 'kind' = 'processed'
    limit 1
  ) as after_path,
  i.created_at,
  i.updated_at
from staging.images as i
where i.status = 'ready';
comment on view staging.results is
  'The ready images of projects, before and after: before_path lies in the bucket uploads, after_path in results; sign both to show them. Images of one before_path are styles of one photo.';

create view staging.plans with (security_invoker = true) as
select p.id, p.code, p.price_id, p.monthly_limit
from public.plans as p;
comment on view staging.plans is
  'public.plans. monthly_limit is images a billing period (free: a calendar month); null is no limit.';

create view staging.processed_events with (security_invoker = true) as
select
  e.id,
  e.external_id as stripe_event_id,
  e.event_type as type,
  e.payload,
  e.received_at
from public.webhook_events as e
where e.source = 'stripe';
comment on view staging.processed_events is 'What Stripe sent: public.webhook_events. For admins.';

create view staging.subscriptions with (security_invoker = true) as
select
  s.row_id as id,
  s.user_id,
  s.id as stripe_subscription_id,
  s.status,
  s.price_id,
  s.current_period_start,
  s.current_period_end,
  s.cancel_at,
  s.canceled_at,
  s.cancel_at_period_end,
  s.created_at,
  s.updated_at
from public.subscriptions as s
where s.source = 'stripe';
comment on view staging.subscriptions is 'public.subscriptions at Stripe, in Stripe''s words.';

create view staging.invoices with (security_invoker = true) as
select
  i.id,
  i.user_id,
  i.external_id as stripe_invoice_id,
  i.subscription_id as stripe_subscription_id,
  i.status,
  i.amount_due,
  i.amount_paid,
  i.currency,
  i.invoice_number,
  i.created_at,
  i.updated_at
from public.invoices as i
where i.source = 'stripe';
comment on view staging.invoices is 'public.invoices of Stripe; amounts are in minor units (cents).';
