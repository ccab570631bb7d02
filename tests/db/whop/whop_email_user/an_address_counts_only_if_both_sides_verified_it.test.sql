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

select private.create_profile('bbbbbbbb-0000-4000-8000-000000000002', 'bob@example.com', p_auth0_sub => 'auth0|bob');
create function pg_temp.whose(p_email text, p_verified jsonb) returns uuid language sql as $$
  select private.whop_email_user(jsonb_build_object('user', jsonb_strip_nulls(jsonb_build_object('id', 'user_9', 'email', p_email, 'email_verified', p_verified))));
$$;
select is(pg_temp.whose('Ann@Example.com', 'true'), 'aaaaaaaa-0000-4000-8000-000000000001', 'verified here and there');
select is(pg_temp.whose('ann@example.com', 'false'), null, 'not verified there');
select is(pg_temp.whose('ann@example.com', null), null, 'nor said to be: anybody may write an address');
select is(pg_temp.whose('', 'true'), null, 'no address');
select is(pg_temp.whose('bob@example.com', 'true'), 'bbbbbbbb-0000-4000-8000-000000000002', 'another issuer''s, which had verified it');
update auth.users set email_confirmed_at = null where id = 'aaaaaaaa-0000-4000-8000-000000000001';
select is(pg_temp.whose('ann@example.com', 'true'), null, 'not confirmed here: who registered first with it would be paid for');
update auth.users set email_confirmed_at = now() where id = 'aaaaaaaa-0000-4000-8000-000000000001';
select private.create_profile('cccccccc-0000-4000-8000-000000000003', 'ann@example.com', p_auth0_sub => 'auth0|ann');
select is(pg_temp.whose('ann@example.com', 'true'), null, 'two users of one address: neither');
select is(
  pg_temp.send('msg_1', 'membership.activated', pg_temp.membership('active', now(), now() + interval '30 days', now(), '{"metadata": null, "user": {"id": "user_9", "email": "bob@example.com", "email_verified": true}}')),
  'applied', 'an event finds its user so'
);
select is(
  (select c.user_id from public.customers as c where c.whop_customer_id = 'user_9'), 'bbbbbbbb-0000-4000-8000-000000000002', 'and ties them'
);

select * from finish();
rollback;
