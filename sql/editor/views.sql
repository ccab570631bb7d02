-- The document's words for what the platform owns. Each has one table in FROM, so
-- that it can be written where the base table's grants let its user write.
create view editor.profiles with (security_invoker = true) as
select
  p.id,
  p.email,
  p.first_name,
  p.last_name,
  p.company,
  p.phone,
  p.avatar_url,
  p.is_active,
  p.role = 'admin' as is_admin,
  -- The document knows three plans and an end: what is paid and more than basic is starter.
  coalesce(
    (
      select case pl.code when 'free' then 'free' when 'basic' then 'basic' else 'starter' end
      from public.subscriptions as s
      join public.plans as pl on pl.id = s.plan_id
      where s.user_id = p.id and s.status in ('trialing', 'active', 'past_due')
      order by s.current_period_end desc, s.id
      limit 1
    ),
    (
      select 'cancelled'
      from public.subscriptions as s
      where s.user_id = p.id and s.status in ('canceled', 'unpaid', 'paused')
      limit 1
    ),
    'free'
  ) as subscription_status,
  coalesce(
    (
      select pl.code
      from public.subscriptions as s
      join public.plans as pl on pl.id = s.plan_id
      where s.user_id = p.id and s.status in ('trialing', 'active', 'past_due')
      order by s.current_period_end desc, s.id
      limit 1
    ),
    'free'
  ) as subscription_plan,
  (select c.stripe_customer_id from public.customers as c where c.user_id = p.id) as stripe_customer_id,
  (
    select s.id
    from public.subscriptions as s
    where s.user_id = p.id and s.source = 'stripe'
    order by s.status in ('trialing', 'active', 'past_due') desc, s.current_period_end desc, s.id
    limit 1
  ) as stripe_subscription_id,
  coalesce((select a.balance from public.credit_accounts as a where a.user_id = p.id), 0)
    as credits_remaining,
  coalesce(
    (select least(a.total_purchased, 2147483647)::integer from public.credit_accounts as a where a.user_id = p.id),
    0
  ) as total_credits_purchased,
  coalesce(
    (select least(a.total_used, 2147483647)::integer from public.credit_accounts as a where a.user_id = p.id),
    0
  ) as total_credits_used,
  p.last_activity_at,
  p.created_at,
  p.updated_at
from public.profiles as p;
comment on view editor.profiles is
  'public.profiles as the editor''s document has it; credits_remaining is what can be spent now. Users write their names, company, phone and avatar.';

create view editor.subscription_plans with (security_invoker = true) as
select
  p.id,
  p.name,
  p.price_id as stripe_price_id,
  p.description,
  (p.unit_amount / 100.0)::numeric(10, 2) as monthly_price,
  p.credits_per_period as credits_per_month,
  p.features,
  p.is_active,
  p.sort_order,
  p.created_at,
  p.updated_at
from public.plans as p;
comment on view editor.subscription_plans is 'public.plans; monthly_price is in whole units (dollars).';

create view editor.pay_as_you_go_packages with (security_invoker = true) as
select
  p.id,
  p.name,
  p.stripe_price_id,
  p.credits,
  (p.unit_amount / 100.0)::numeric(10, 2) as price,
  p.description,
  p.is_active,
  p.sort_order,
  p.created_at,
  p.updated_at
from public.credit_packages as p;
comment on view editor.pay_as_you_go_packages is 'public.credit_packages; price is in whole units (dollars).';

create view editor.credit_transactions with (security_invoker = true) as
select
  t.id,
  t.user_id,
  case
    when t.transaction_type in ('purchase', 'usage', 'refund', 'bonus', 'expiration') then t.transaction_type
    -- A month that was granted too late, after the subscription's end, is undone.
    when t.transaction_type = 'monthly_reset' and t.amount < 0 then 'expiration'
    when t.transaction_type = 'monthly_reset' then 'purchase'
    when t.transaction_type = 'trial_grant' then 'bonus'
    when t.transaction_type = 'chargeback' then 'refund'
    when t.transaction_type = 'adjustment' and t.amount > 0 then 'bonus'
    when t.transaction_type = 'adjustment' then 'expiration'
  end as transaction_type,
  t.amount,
  t.balance_before,
  t.balance_after,
  t.description,
  t.metadata,
  coalesce(
    t.metadata ->> 'stripe_payment_intent_id',
    case when t.cause_type = 'stripe_payment' and t.cause_id like 'pi\_%' then t.cause_id end
  ) as stripe_payment_intent_id,
  case
    when pg_input_is_valid(coalesce(t.metadata ->> 'subscription_plan_id', t.metadata ->> 'plan_id'), 'uuid')
      then coalesce(t.metadata ->> 'subscription_plan_id', t.metadata ->> 'plan_id')::uuid
  end as subscription_plan_id,
  case
    when pg_input_is_valid(coalesce(t.metadata ->> 'pay_as_you_go_package_id', t.metadata ->> 'package_id'), 'uuid')
      then coalesce(t.metadata ->> 'pay_as_you_go_package_id', t.metadata ->> 'package_id')::uuid
  end as pay_as_you_go_package_id,
  t.expires_at,
  t.created_at
from public.credit_transactions as t;
comment on view editor.credit_transactions is
  'The ledger in the document''s words. balance_before and balance_after are what could be spent and what was held, and never negative.';

create view editor.subscription_history with (security_invoker = true) as
select
  h.id,
  h.user_id,
  h.plan_id as subscription_plan_id,
  (
    select s.id from public.subscriptions as s where s.id = h.subscription_id and s.source = 'stripe'
  ) as stripe_subscription_id,
  case
    when h.status in ('active', 'trialing') then 'active'
    when h.status = 'past_due' then 'past_due'
    when h.status in ('canceled', 'cancelled', 'incomplete_expired') then 'cancelled'
    else 'unpaid'
  end as status,
  h.started_at,
  h.ended_at,
  h.canceled_at as cancelled_at,
  h.created_at
from public.subscription_history as h;
comment on view editor.subscription_history is 'The states a user''s subscriptions were in, in the document''s words.';

create view editor.api_costs with (security_invoker = true) as
select
  c.id, c.api_provider, c.operation_type, c.cost_per_operation, c.currency, c.effective_date, c.is_active,
  c.created_at
from public.api_costs as c;
comment on view editor.api_costs is 'public.api_costs; admins read it.';

create view editor.api_usage_logs with (security_invoker = true) as
select
  l.id, l.user_id, l.api_provider, l.operation_type, l.request_data, l.response_data, l.status_code,
  l.response_time, l.cost, l.error_message, l.created_at
from public.api_usage_logs as l;
comment on view editor.api_usage_logs is 'public.api_usage_logs; admins read it. response_time is in seconds.';

create view editor.admin_logs with (security_invoker = true) as
select
  l.id, l.admin_user_id, l.action, l.target_type, l.target_id, l.details, l.ip_address, l.user_agent,
  l.created_at
from public.admin_logs as l;
comment on view editor.admin_logs is 'public.admin_logs; admins read it, the admin functions write it.';

create view editor.system_metrics with (security_invoker = true) as
select m.id, m.metric_name, m.metric_value, m.metric_unit, m.tags, m.recorded_at
from public.system_metrics as m;
comment on view editor.system_metrics is 'public.system_metrics; admins read it, the service writes it.';

create view editor.user_activity_logs with (security_invoker = true) as
select
  l.id, l.user_id, l.activity_type, l.activity_data, l.ip_address, l.user_agent, l.created_at
from public.user_activity_logs as l;
comment on view editor.user_activity_logs is
  'public.user_activity_logs; users read their own, public.log_activity() writes it.';

create view editor.email_templates with (security_invoker = true) as
select
  t.id, t.name, t.subject, t.html_content, t.text_content, t.sendgrid_template_id, t.is_active,
  t.created_at, t.updated_at
from public.email_templates as t;
comment on view editor.email_templates is 'public.email_templates; admins write it.';

create view editor.email_campaigns with (security_invoker = true) as
select
  c.id, c.name, c.template_id, c.target_audience, c.status, c.scheduled_at, c.sent_at, c.created_at
from public.email_campaigns as c;
comment on view editor.email_campaigns is 'public.email_campaigns; admins write it.';

create view editor.email_logs with (security_invoker = true) as
select
  l.id, l.user_id, l.template_id, l.campaign_id, l.sendgrid_message_id, l.status, l.sent_at,
  l.delivered_at, l.opened_at, l.clicked_at
from public.email_logs as l;
comment on view editor.email_logs is 'public.email_logs; users read the emails they got, the service writes it.';
