begin;
select plan(14);

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

create function pg_temp.status() returns text language sql as $$
  select s.status || ' ' || s.cancel_at_period_end || coalesce(' until ' || (s.cancel_at = s.current_period_end)::text, '') || case when s.ended_at is not null then ' ended' else '' end
  from public.subscriptions as s;
$$;
create function pg_temp.tell(p_type text, p_status text, p_n integer, p_more jsonb default '{}') returns text language sql as $$
  select pg_temp.send('msg_' || p_n, p_type, pg_temp.membership(p_status, now() - interval '1 day', now() + interval '29 days', now() - interval '1 day' + p_n * interval '1 minute', p_more));
$$;
select pg_temp.tell('membership.activated', 'active', 1);
select pg_temp.send('msg_p', 'payment.succeeded', pg_temp.payment('pay_1', now() - interval '1 day'));
select is(pg_temp.status(), 'active false', 'it runs');
select pg_temp.tell('membership.cancel_at_period_end_changed', 'active', 3, '{"cancel_at_period_end": true}');
select is(pg_temp.status(), 'active true until true', 'it is to end with its period');
select pg_temp.tell('membership.cancel_at_period_end_changed', 'active', 5);
select is(pg_temp.status(), 'active false', 'or not');
select pg_temp.tell('membership.cancel_at_period_end_changed', 'active', 4, '{"cancel_at_period_end": true}');
select is(pg_temp.status(), 'active false', 'what comes late is older');
select pg_temp.tell('membership.updated', 'canceling', 6);
select is(pg_temp.status(), 'active true until true', 'Whop''s other word for it');
select pg_temp.tell('membership.updated', 'past_due', 7);
select is(pg_temp.status(), 'past_due false', 'late');
select is(pg_temp.credits(), '200/0/0', 'what was paid stays');
select pg_temp.tell('membership.deactivated', 'past_due', 8);
select is(pg_temp.status(), 'unpaid false', 'given up by Whop');
select pg_temp.tell('membership.deactivated', 'trialing', 9);
select is(pg_temp.status(), 'canceled false ended', 'deactivated, whatever else it says');
select is(pg_temp.credits(), '0/0/0', 'its credits end with it');
select pg_temp.tell('membership.activated', 'active', 10);
select is(pg_temp.status(), 'active false', 'it comes back to life');
select pg_temp.tell('membership.updated', 'expired', 11);
select is(pg_temp.status(), 'canceled false ended', 'and expires');
select results_eq(
  'select status from public.subscription_history order by started_at', 
  $$values ('active'), ('past_due'), ('unpaid'), ('canceled'), ('active'), ('canceled')$$, 'which is its history'
);
select is(pg_temp.send('msg_x', 'membership.activated', pg_temp.membership('completed', null, null, now(), '{"id": "mem_2", "plan": {"id": "plan_2", "metadata": null}}')), 'applied', 'one without a period is no subscription');

select * from finish();
rollback;
