begin;
select plan(12);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
-- What Whop sends today (api_version v1): ids in objects, amounts in units of the currency.
create function pg_temp.send(p_id text, p_type text, p_data jsonb, p_at timestamptz default now()) returns text language sql as $$
  select e.status || coalesce(' ' || e.waiting_for, '') || coalesce(' ' || case when e.status = 'failed' then e.error end, '')
  from private.record_webhook_event(
    'whop', jsonb_build_object('id', p_id, 'type', p_type, 'timestamp', p_at, 'api_version', 'v1', 'data', p_data)
  ) as e;
$$;
create function pg_temp.membership(p_status text, p_start timestamptz, p_end timestamptz, p_at timestamptz, p_more jsonb default '{}') returns jsonb language sql as $$
  select jsonb_build_object(
    'id', 'mem_1', 'status', p_status, 'created_at', now() - interval '40 days', 'updated_at', p_at,
    'renewal_period_start', p_start, 'renewal_period_end', p_end, 'cancel_at_period_end', false, 'canceled_at', null,
    'currency', 'usd', 'metadata', jsonb_build_object('user_id', 'aaaaaaaa-0000-4000-8000-000000000001'),
    'user', '{"id": "user_1", "email": "ann@whop.example", "name": "Ann", "username": "ann"}'::jsonb,
    'plan', '{"id": "plan_1", "metadata": {"plan_code": "pro"}}'::jsonb,
    'product', '{"id": "prod_1", "title": "Pro", "metadata": null}'::jsonb
  ) || p_more;
$$;
create function pg_temp.payment(p_id text, p_paid_at timestamptz, p_more jsonb default '{}') returns jsonb language sql as $$
  select jsonb_build_object(
    'id', p_id, 'status', 'paid', 'substatus', 'succeeded', 'created_at', p_paid_at, 'updated_at', p_paid_at,
    'paid_at', p_paid_at, 'currency', 'usd', 'total', 49.99, 'subtotal', 49.99, 'billing_reason', 'subscription_cycle',
    'metadata', null, 'refunded_amount', null, 'membership', '{"id": "mem_1", "status": "active"}'::jsonb,
    'user', '{"id": "user_1", "email": "ann@whop.example", "name": "Ann", "username": "ann"}'::jsonb,
    'plan', '{"id": "plan_1", "metadata": {"plan_code": "pro"}}'::jsonb,
    'product', '{"id": "prod_1", "title": "Pro", "metadata": null}'::jsonb,
    'billing_address', '{"name": "Ann Smith", "line1": "1 Main St"}'::jsonb
  ) || p_more;
$$;
create function pg_temp.refund(p_id text, p_payment text, p_amount numeric, p_status text) returns jsonb language sql as $$
  select jsonb_build_object(
    'id', p_id, 'amount', p_amount, 'currency', 'usd', 'status', p_status, 'created_at', now(),
    'payment', jsonb_build_object('id', p_payment, 'total', 49.99, 'user', '{"id": "user_1"}'::jsonb)
  );
$$;
create function pg_temp.dispute(p_id text, p_payment text, p_status text) returns jsonb language sql as $$
  select jsonb_build_object(
    'id', p_id, 'amount', 49.99, 'currency', 'usd', 'status', p_status, 'created_at', now(),
    'reason', 'fraudulent', 'customer_name', 'Ann Smith', 'payment', jsonb_build_object('id', p_payment)
  );
$$;
create function pg_temp.credits() returns text language sql as $$
  select a.balance || '/' || a.held || '/' || a.debt from public.credit_accounts as a
  where a.user_id = 'aaaaaaaa-0000-4000-8000-000000000001';
$$;

-- The oldest: names with an underscore, ids alone, times in seconds.
select is(
  pg_temp.send('msg_1', 'membership_went_valid', jsonb_build_object(
    'id', 'mem_1', 'user', 'user_1', 'plan', 'plan_1', 'product', 'prod_1', 'status', 'active', 'valid', true,
    'created_at', extract(epoch from now() - interval '1 day')::bigint, 'cancel_at_period_end', false,
    'renewal_period_start', extract(epoch from now() - interval '1 day')::bigint,
    'renewal_period_end', extract(epoch from now() + interval '29 days')::bigint,
    'metadata', jsonb_build_object('user_id', 'aaaaaaaa-0000-4000-8000-000000000001')
  )),
  'waiting price:plan_1', 'its plan is named by nothing'
);
-- Which the plan itself does.
select is(
  pg_temp.send('msg_0', 'plan.updated', '{"id": "plan_1", "plan_type": "renewal", "billing_period": 30, "renewal_price": 49.99, "initial_price": 0, "currency": "usd", "product": {"id": "prod_1"}, "visibility": "visible", "metadata": {"plan_code": "pro"}, "trial_period_days": 7}'),
  'applied', 'until its metadata does'
);
select results_eq(
  'select unit_amount, interval, interval_count, trial_period_days, active from public.prices',
  $$values (4999::bigint, 'day', 30, 7, true)$$, 'a plan as it is sold'
);
select private.retry_webhook_event(d) from private.due_webhook_events() as d;
select is((select s.status from public.subscriptions as s), 'active', 'a membership');
select is(
  pg_temp.send('msg_2', 'payment_succeeded', jsonb_build_object(
    'id', 'pay_1', 'user', 'user_1', 'plan', 'plan_1', 'product', 'prod_1', 'membership', 'mem_1', 'status', 'paid',
    'final_amount', 49.99, 'currency', 'usd', 'billing_reason', 'subscription_create',
    'paid_at', extract(epoch from now() - interval '1 day')::bigint, 'created_at', extract(epoch from now() - interval '1 day')::bigint
  )),
  'applied', 'a payment'
);
select is(pg_temp.credits(), '200/0/0', 'of old');
-- The newest: ids in fields of their own, amounts as text with their digits.
select is(
  pg_temp.send('msg_3', 'payment.succeeded', jsonb_build_object(
    'id', 'pay_2', 'account_id', 'biz_1', 'user_id', 'user_1', 'membership_id', 'mem_1', 'billing_reason', 'subscription_cycle',
    'amount_charged', '{"amount": "49.99", "currency": "usd", "decimals": 2, "display_decimals": 2}'::jsonb, 'currency', 'usd',
    'line_items', '[{"product_id": "prod_1", "variant_id": "plan_1", "quantity": 1}]'::jsonb,
    'paid_at', now(), 'created_at', now(), 'customer_email', 'ann@whop.example', 'metadata', '{}'::jsonb
  )),
  'applied', 'a payment'
);
select is(pg_temp.credits(), '400/0/0', 'of today');
select results_eq(
  $$select amount, currency from public.payments where external_id = 'pay_2'$$, $$values (4999, 'usd')$$, 'in minor units'
);
select is(
  pg_temp.send('msg_4', 'refund.created', '{"id": "rf_1", "payment_id": "pay_2", "status": "succeeded", "amount": {"amount": "24.995", "currency": "usd", "decimals": 2}}'),
  'applied', 'a refund'
);
select is(pg_temp.credits(), '300/0/0', 'of today');
select is(pg_temp.send('msg_5', 'app_membership_went_invalid', jsonb_build_object('id', 'mem_1', 'user', 'user_1', 'plan', 'plan_1', 'product', 'prod_1', 'status', 'canceled', 'valid', false, 'renewal_period_end', extract(epoch from now() + interval '29 days')::bigint), now() + interval '1 minute'), 'applied', 'the end, to an app');

select * from finish();
rollback;
