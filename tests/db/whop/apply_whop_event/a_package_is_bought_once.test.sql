begin;
select plan(9);

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

create function pg_temp.pack(p_id text, p_more jsonb default '{}') returns jsonb language sql as $$
  select pg_temp.payment(p_id, now(), '{"billing_reason": "one_time", "total": 9.99, "plan": {"id": "plan_p", "metadata": {"package_code": "starter"}}, "product": {"id": "prod_p", "title": "Starter", "metadata": null}, "membership": {"id": "mem_p"}}'::jsonb
    || jsonb_build_object('metadata', jsonb_build_object('user_id', 'aaaaaaaa-0000-4000-8000-000000000001')) || p_more);
$$;
select is(pg_temp.send('msg_1', 'payment.succeeded', pg_temp.pack('pay_1')), 'applied', 'a package');
select is(pg_temp.credits(), '100/0/0', 'is granted');
select results_eq(
  'select source, external_id, status, credits, unit_amount from public.checkouts',
  $$values ('whop', 'pay_1', 'paid', 100, 999)$$, 'as a purchase'
);
select is((select l.expires_at from public.credit_lots as l), 'infinity', 'which does not end');
select pg_temp.send('msg_2', 'payment.succeeded', pg_temp.pack('pay_1', jsonb_build_object('updated_at', now() + interval '1 second')));
select is(pg_temp.credits(), '100/0/0', 'once');
select pg_temp.send('msg_3', 'refund.created', pg_temp.refund('rf_1', 'pay_1', 9.99, 'succeeded'));
select is(pg_temp.credits(), '0/0/0', 'and taken back');
select is(pg_temp.send('msg_4', 'payment.succeeded', pg_temp.pack('pay_2', '{"plan": {"id": "plan_q", "metadata": null}}')), 'applied', 'something else that is sold there');
select is(pg_temp.credits(), '0/0/0', 'is no matter of credits');
select is((select k.stripe_price_id from public.credit_packages as k where k.code = 'starter'), null, 'Stripe''s price stays Stripe''s');

select * from finish();
rollback;
