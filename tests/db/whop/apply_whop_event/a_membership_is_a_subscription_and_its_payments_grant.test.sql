begin;
select plan(15);

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

select is(
  pg_temp.send('msg_1', 'membership.activated', pg_temp.membership('active', now() - interval '35 days', now() - interval '5 days', now() - interval '35 days')),
  'applied', 'a membership'
);
select results_eq(
  $$select s.id, s.source, s.status, s.price_id, p.code, s.customer_id, s.current_period_end from public.subscriptions as s join public.plans as p on p.id = s.plan_id$$,
  $$values ('mem_1', 'whop', 'active', 'plan_1', 'pro', 'user_1', now() - interval '5 days')$$, 'is a subscription'
);
select results_eq(
  'select stripe_customer_id, whop_customer_id from public.customers', $$values (null::text, 'user_1')$$, 'of its Whop user'
);
select results_eq(
  'select id, source, name from public.products', $$values ('prod_1', 'whop', 'Pro')$$, 'its product is mirrored'
);
select results_eq(
  'select id, source, type, interval, interval_count, currency from public.prices',
  $$values ('plan_1', 'whop', 'recurring', 'day', 30, 'usd')$$, 'and its plan as a price, with the length that the period has'
);
select is((select p.price_id from public.plans as p where p.code = 'pro'), null, 'which checkout at Stripe does not sell');
select is(pg_temp.credits(), '0/0/0', 'nothing is paid yet');
select is(pg_temp.send('msg_2', 'payment.succeeded', pg_temp.payment('pay_1', now() - interval '35 days')), 'applied', 'a payment of a period that is over');
select is(pg_temp.credits(), '0/0/0', 'has expired');
select is(pg_temp.send('msg_3', 'payment.succeeded', pg_temp.payment('pay_2', now() - interval '5 days')), 'applied', 'the renewal');
select is(pg_temp.credits(), '200/0/0', 'grants');
select results_eq(
  $$select l.source, l.granted, l.expires_at, l.cause_type, l.cause_id from public.credit_lots as l where l.remaining > 0$$,
  $$values ('monthly_reset', 200, now() + interval '25 days', 'whop_invoice', 'pay_2')$$, 'until its period ends'
);
select is(
  (select s.current_period_end from public.subscriptions as s), now() + interval '25 days',
  'the subscription''s period is the one that was paid, though Whop tells no renewal of a membership'
);
select results_eq(
  'select external_id, status, amount_paid, subscription_id, billing_reason from public.invoices order by 1',
  $$values ('pay_1', 'paid', 4999, 'mem_1', 'subscription_cycle'), ('pay_2', 'paid', 4999, 'mem_1', 'subscription_cycle')$$,
  'payments are shown as invoices'
);
select is(
  (select e.plan || ' ' || e.status from private.entitlement('aaaaaaaa-0000-4000-8000-000000000001', 'monthly_limit') as e),
  'pro active', 'the plan is the user''s'
);

select * from finish();
rollback;
