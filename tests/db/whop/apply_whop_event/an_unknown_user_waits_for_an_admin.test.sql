begin;
select plan(17);

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

select tests.create_user('eve@example.com', p_id => 'eeeeeeee-0000-4000-8000-000000000005');
select tests.create_user('root@example.com', p_id => 'dddddddd-0000-4000-8000-000000000004');
update public.profiles set role = 'admin' where id = 'dddddddd-0000-4000-8000-000000000004';
select is(
  pg_temp.send('msg_1', 'membership.activated', pg_temp.membership('active', now() - interval '1 day', now() + interval '29 days', now() - interval '1 day', '{"metadata": {}}')),
  'waiting customer:user_1', 'a membership that names nobody waits'
);
select is(pg_temp.send('msg_2', 'payment.succeeded', pg_temp.payment('pay_1', now())), 'waiting customer:user_1', 'so does its payment');
select is(
  pg_temp.send('msg_3', 'membership.updated', pg_temp.membership('active', now() - interval '1 day', now() + interval '29 days', now(), '{"metadata": {"user_id": "aaaaaaaa-0000-4000-8000-00000000dead"}}')),
  'waiting customer:user_1', 'or one that names an unknown user'
);
select is(
  pg_temp.send('msg_4', 'membership.updated', pg_temp.membership('active', now() - interval '1 day', now() + interval '29 days', now(), '{"metadata": {"user_id": "'' or true --"}}')),
  'waiting customer:user_1', 'or nonsense'
);
select is_empty('select 1 from public.subscriptions', 'nothing is booked');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select throws_ok(
  $$select public.admin_link_whop_user('user_1', 'aaaaaaaa-0000-4000-8000-000000000001', 'mine')$$, 'PT403', 'admin_only',
  'a user does not link themselves'
);
select tests.authenticate_as('dddddddd-0000-4000-8000-000000000004');
select throws_ok(
  $$select public.admin_link_whop_user('user_1', 'aaaaaaaa-0000-4000-8000-00000000dead', 'x')$$, 'PT404', 'user_not_found', 'to somebody'
);
select throws_ok(
  $$select public.admin_link_whop_user(' ', 'aaaaaaaa-0000-4000-8000-000000000001', 'x')$$, 'PT400', 'argument_missing', 'a Whop user'
);
select throws_ok(
  $$select public.admin_link_whop_user('user_1', 'aaaaaaaa-0000-4000-8000-000000000001', null)$$, 'PT400', 'argument_missing', 'with a reason'
);
select is(
  (public.admin_link_whop_user('user_1', 'aaaaaaaa-0000-4000-8000-000000000001', 'support ticket 7')).whop_customer_id, 'user_1', 'an admin does'
);
select lives_ok(
  $$select public.admin_link_whop_user('user_1', 'aaaaaaaa-0000-4000-8000-000000000001', 'again')$$, 'twice is once'
);
select throws_ok(
  $$select public.admin_link_whop_user('user_1', 'eeeeeeee-0000-4000-8000-000000000005', 'no')$$, 'PT409', 'customer_already_linked',
  'but not to another'
);
select tests.clear_authentication();
select isnt_empty($$select 1 from public.admin_logs where action = 'link_whop_user'$$, 'it is written down');
select private.retry_webhook_event(d) from private.due_webhook_events() as d;
select is((select count(*)::integer from public.webhook_events where status = 'waiting'), 0, 'what waited is applied');
select is(pg_temp.credits(), '200/0/0', 'and granted');
-- Later ones are theirs by the link, whomever they name.
select pg_temp.send('msg_5', 'payment.succeeded', pg_temp.payment('pay_2', now(), '{"metadata": {"user_id": "eeeeeeee-0000-4000-8000-000000000005"}}'));
select is(pg_temp.credits(), '400/0/0', 'a Whop user has one user');
select is_empty($$select 1 from public.payments where user_id = 'eeeeeeee-0000-4000-8000-000000000005'$$, 'nobody else');

select * from finish();
rollback;
