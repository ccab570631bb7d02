-- Document tables that the platform owns. One base table in FROM, so that a
-- profile can be updated and upserted through its view.
create view video.user_profiles
with (security_invoker = true)
as
select
  p.id,
  p.username,
  p.avatar_url,
  coalesce((select a.balance from public.credit_accounts as a where a.user_id = p.id), 0) as credits,
  coalesce((select a.total_used from public.credit_accounts as a where a.user_id = p.id), 0)::numeric
    as total_spent,
  p.created_at,
  p.updated_at
from public.profiles as p;
comment on view video.user_profiles is
  'public.profiles as the document has it. credits are what can be spent now; credits and total_spent are computed.';

-- The document has four words. usage is a generation; money or credits that went
-- back are a refund; what the house gives or takes is a bonus. The amount has the
-- sign. A type without a word is null, and a test fails on it.
create view video.credit_transactions
with (security_invoker = true)
as
select
  t.id,
  t.user_id,
  t.amount,
  case t.transaction_type
    when 'purchase' then 'purchase'
    when 'usage' then 'generation'
    when 'refund' then 'refund'
    when 'chargeback' then 'refund'
    when 'bonus' then 'bonus'
    when 'trial_grant' then 'bonus'
    when 'monthly_reset' then 'bonus'
    when 'expiration' then 'bonus'
    when 'adjustment' then 'bonus'
  end as transaction_type,
  t.description,
  (
    select g.id
    from public.jobs as j
    join video.generations as g on g.id = j.subject_id
    where j.id = t.job_id and j.type = 'video.generate'
  ) as generation_id,
  t.metadata,
  t.created_at
from public.credit_transactions as t;
comment on view video.credit_transactions is
  'public.credit_transactions in the document''s words: purchase, generation, refund, bonus. The amount has the sign.';

create view video.pricing_tiers
with (security_invoker = true)
as
select
  p.id,
  p.name,
  p.credits,
  round(p.unit_amount::numeric / 100, 2) as price,
  p.is_active,
  p.sort_order,
  p.created_at
from public.credit_packages as p
where p.currency = 'usd';
comment on view video.pricing_tiers is 'public.credit_packages with prices in dollars; those for sale.';
