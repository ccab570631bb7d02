-- For admins alone: an ordinary user, whose own rows RLS would show here, gets
-- nothing, and nothing is computed for them.
create view editor.user_analytics with (security_invoker = true) as
select
  p.id,
  p.email,
  p.subscription_status,
  p.credits_remaining,
  p.total_credits_purchased,
  p.total_credits_used,
  i.total_images,
  i.completed_images,
  i.failed_images,
  i.last_image_created,
  p.created_at as user_created_at
from editor.profiles as p
cross join lateral (
  select
    count(*) as total_images,
    count(*) filter (where i.processing_status = 'completed') as completed_images,
    count(*) filter (where i.processing_status = 'failed') as failed_images,
    max(i.created_at) as last_image_created
  from editor.images as i
  where i.user_id = p.id
) as i
where (select private.is_admin()) or current_user = 'service_role';
comment on view editor.user_analytics is 'Each user''s plan, credits and images. For admins.';

create view editor.revenue_analytics with (security_invoker = true) as
select
  date_trunc('month', t.created_at, 'UTC') as month,
  t.transaction_type,
  count(*) as transaction_count,
  sum(t.amount) as total_credits,
  count(t.stripe_payment_intent_id) as paid_transactions
from editor.credit_transactions as t
where
  t.transaction_type = 'purchase'
  and ((select private.is_admin()) or current_user = 'service_role')
group by 1, 2;
comment on view editor.revenue_analytics is
  'Credits sold a month (UTC), and how many of the sales have a payment of Stripe. For admins.';
