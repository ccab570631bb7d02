-- The platform's credits and billing in the words of this document. Each view has one
-- base table in FROM, and shows what its caller may see of it.
create view social.user_credits
with (security_invoker = true) as
select
  a.user_id as id,
  a.user_id,
  (
    select s.id
    from public.subscriptions as s
    where s.user_id = a.user_id and s.status in ('trialing', 'active', 'past_due')
    order by s.current_period_end desc, s.id
    limit 1
  ) as subscription_id,
  a.balance as credits_balance,
  a.plan_credits,
  a.next_reset_at,
  -- The platform counts the files of its buckets; texts without a file are ours.
  a.storage_used_mb + (
    (
      select coalesce(sum(d.file_size_bytes), 0)
      from social.knowledge_documents as d
      where d.user_id = a.user_id
        and (d.storage_object_id is null or d.bucket_id not in ('uploads', 'results'))
    )
    + (select coalesce(sum(f.text_size_bytes), 0) from social.faq_qa as f where f.user_id = a.user_id)
  )::double precision / 1048576 as storage_used_mb,
  a.created_at,
  a.updated_at
from public.credit_accounts as a;
comment on view social.user_credits is
  'A user''s credits: public.credit_accounts in this document''s words. credits_balance is what can be spent now.';

create view social.credit_transactions
with (security_invoker = true) as
select
  t.id,
  t.user_id,
  case t.transaction_type
    when 'purchase' then 'purchase'
    when 'monthly_reset' then 'monthly_reset'
    -- A reset is the expiry of what was left and a grant.
    when 'expiration' then 'monthly_reset'
    when 'trial_grant' then 'trial_grant'
    when 'usage' then 'deduction'
    when 'bonus' then 'bonus'
    -- The document's refund gives credits back. Credits that are taken, because a
    -- payment was refunded or disputed or an admin says so, are a deduction.
    when 'refund' then case when t.amount < 0 then 'deduction' else 'refund' end
    when 'chargeback' then case when t.amount < 0 then 'deduction' else 'refund' end
    when 'adjustment' then case when t.amount < 0 then 'deduction' else 'bonus' end
  end as transaction_type,
  t.amount as credits_amount,
  t.balance_after as credits_balance_after,
  t.description as reason,
  t.metadata,
  t.created_at,
  t.created_at as updated_at
from public.credit_transactions as t;
comment on view social.credit_transactions is
  'The ledger, public.credit_transactions, in this document''s words. Only the ledger''s functions write it.';

create view social.products
with (security_invoker = true) as
select
  p.id, p.name, p.description, p.image, p.active, p.source, p.metadata, p.created_at, p.updated_at
from public.products as p;
comment on view social.products is 'What is for sale at Stripe and Whop: public.products.';

create view social.prices
with (security_invoker = true) as
select
  p.id, p.product_id, p.description, p.unit_amount, p.currency, p.type, p.interval, p.interval_count,
  p.trial_period_days, p.active, p.metadata, p.created_at, p.updated_at
from public.prices as p;
comment on view social.prices is 'What products cost, in minor units: public.prices.';

create view social.subscriptions
with (security_invoker = true) as
select
  s.id, s.user_id, s.price_id, s.status, s.source, s.quantity, s.cancel_at_period_end,
  s.current_period_start, s.current_period_end, s.trial_start, s.trial_end, s.cancel_at,
  s.canceled_at, s.ended_at, s.metadata, s.created_at, s.updated_at
from public.subscriptions as s;
comment on view social.subscriptions is 'Subscriptions at Stripe and Whop: public.subscriptions.';

create view social.customers
with (security_invoker = true) as
select c.user_id as id, c.stripe_customer_id, c.whop_customer_id, c.created_at, c.updated_at
from public.customers as c;
comment on view social.customers is 'A user''s ids at the payment providers: public.customers.';

create view social.webhook_events
with (security_invoker = true) as
select
  e.id,
  case when e.source = 'stripe' then e.external_id end as stripe_event_id,
  case when e.source = 'whop' then e.external_id end as whop_event_id,
  e.event_type,
  e.source,
  e.payload,
  e.processed_at,
  e.received_at as created_at,
  coalesce(e.processed_at, e.received_at) as updated_at
from public.webhook_events as e;
comment on view social.webhook_events is 'The inbox of webhooks, public.webhook_events, for admins.';
