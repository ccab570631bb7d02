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

-- Facts about a payment that is not known wait for it.
select is(pg_temp.send('msg_r1', 'refund.created', pg_temp.refund('rf_1', 'pay_1', 10.00, 'pending')), 'waiting payment:pay_1', 'a refund of an unknown payment waits');
select is(pg_temp.send('msg_d1', 'dispute.created', pg_temp.dispute('dspt_1', 'pay_2', 'needs_response')), 'waiting payment:pay_2', 'so does a dispute');
select pg_temp.send('msg_1', 'membership.activated', pg_temp.membership('active', now() - interval '1 day', now() + interval '29 days', now() - interval '1 day'));
select pg_temp.send('msg_2', 'payment.succeeded', pg_temp.payment('pay_1', now() - interval '1 day'));
select is((select e.next_attempt_at <= now() from public.webhook_events as e where e.external_id = 'msg_r1'), true, 'it is tried as soon as that is known');
select private.retry_webhook_event(e.id) from public.webhook_events as e where e.external_id = 'msg_r1';
select is(pg_temp.credits(), '160/0/0', 'a fifth of the money takes a fifth of the credits');
select is(pg_temp.send('msg_r2', 'refund.updated', pg_temp.refund('rf_1', 'pay_1', 10.00, 'failed')), 'applied', 'a refund that failed');
select is(pg_temp.credits(), '200/0/0', 'gives them back');
select pg_temp.send('msg_r3', 'refund.created', pg_temp.refund('rf_2', 'pay_1', 49.99, 'succeeded'));
select is(pg_temp.credits(), '0/0/0', 'a whole one takes all');
select is(
  pg_temp.send('msg_5', 'payment.succeeded', pg_temp.payment('pay_1', now() - interval '1 day', jsonb_build_object('refunded_amount', 49.99, 'updated_at', now()))),
  'applied', 'which the payment tells too'
);
select is(pg_temp.credits(), '0/0/0', 'and is counted once');
select pg_temp.send('msg_3', 'payment.succeeded', pg_temp.payment('pay_2', now()));
select is(pg_temp.credits(), '200/0/0', 'another payment');
select private.retry_webhook_event(e.id) from public.webhook_events as e where e.external_id = 'msg_d1';
select is(pg_temp.credits(), '0/200/0', 'its dispute freezes what it granted');
select pg_temp.send('msg_d2', 'dispute.updated', pg_temp.dispute('dspt_1', 'pay_2', 'won'), now() + interval '1 second');
select is(pg_temp.credits(), '200/0/0', 'won, they are free');
select private.spend_credits('aaaaaaaa-0000-4000-8000-000000000001', 150);
select pg_temp.send('msg_d3', 'dispute.created', pg_temp.dispute('dspt_2', 'pay_2', 'lost'), now() + interval '2 seconds');
select is(pg_temp.credits(), '0/0/150', 'lost, they are owed');
select pg_temp.send('msg_d4', 'dispute.updated', pg_temp.dispute('dspt_3', 'pay_2', 'other'), now() + interval '3 seconds');
select is(pg_temp.credits(), '0/0/150', 'a word that is not known does nothing');
select is_empty('select * from private.audit_credits()', 'the books are right');

select * from finish();
rollback;
