begin;
select plan(4);

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

select pg_temp.send('msg_1', 'membership.activated', pg_temp.membership('active', now() - interval '1 day', now() + interval '29 days', now() - interval '1 day', '{"license_key": "A-B-C", "custom_field_responses": [{"answer": "Main St"}]}'));
select pg_temp.send('msg_2', 'payment.succeeded', pg_temp.payment('pay_1', now() - interval '1 day'));
select pg_temp.send('msg_3', 'dispute.created', pg_temp.dispute('dspt_1', 'pay_1', 'warning_needs_response'));
select is_empty(
  $$select 1 from private.billing_versions where object::text ~* 'ann|smith|main st|A-B-C|example'$$, 'no name, address or answer'
);
select is_empty($$select 1 from private.whop_catalogue where facts::text ~* 'ann|smith'$$, 'nor what is learned of products');
-- When the inbox is emptied the versions do what the payloads did.
update public.webhook_events set received_at = now() - interval '91 days';
select private.purge_webhook_payloads();
select private.replay_webhook_event(e.id) from public.webhook_events as e;
select is_empty($$select 1 from public.webhook_events where status <> 'applied'$$, 'replays need no more');
select is(pg_temp.credits(), '200/0/0', 'and change nothing');

select * from finish();
rollback;
