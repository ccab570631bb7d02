begin;
select plan(6);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
insert into public.credit_packages (id, code, name, credits, unit_amount)
values ('11111111-0000-4000-8000-000000000001', 'test', 'Test', 50, 999);
insert into public.checkouts (id, user_id, package_id, idempotency_key, credits, unit_amount, currency)
values (
  '22222222-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001',
  '11111111-0000-4000-8000-000000000001', 'key-1', 50, 999, 'usd'
);
select private.attach_checkout('22222222-0000-4000-8000-000000000001', 'cs_1', 'https://pay.test/cs_1');
create function pg_temp.event(
  p_id text, p_session jsonb default '{}', p_type text default 'checkout.session.completed'
)
returns jsonb language sql as $$
  select jsonb_build_object('id', p_id, 'type', p_type, 'data', jsonb_build_object('object', jsonb_build_object(
    'id', 'cs_1', 'mode', 'payment', 'payment_status', 'paid', 'payment_intent', 'pi_1', 'customer', 'cus_1',
    'currency', 'usd', 'amount_subtotal', 999, 'amount_total', 999,
    'metadata', jsonb_build_object('checkout_id', '22222222-0000-4000-8000-000000000001')
  ) || p_session));
$$;
select is(
  (private.record_webhook_event('stripe', pg_temp.event('evt_1', '{}', 'account.updated'))).status, 'ignored',
  'an unknown type'
);
select is(
  (private.record_webhook_event('stripe', pg_temp.event('evt_2', '{"mode": "subscription"}'))).status,
  'applied', 'a session of another mode is kept: its subscription''s own events tell'
);
select is(
  (private.record_webhook_event('stripe', '{"id": "evt_3", "type": "checkout.session.completed"}')).status,
  'failed', 'a session without an object is for an administrator'
);
select is(
  (private.record_webhook_event('whop', '{"id": "evt_1", "type": "entry.approved"}')).status, 'ignored',
  'of another sender'
);
select is((select a.balance from public.credit_accounts as a), 0, 'none grants');
select is(
  (select count(*) from public.webhook_events), 4::bigint, 'all are stored; an id is its sender''s own'
);

select * from finish();
rollback;
