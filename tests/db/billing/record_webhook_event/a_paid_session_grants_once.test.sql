begin;
select plan(9);

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
select private.record_webhook_event('stripe', pg_temp.event('evt_1'));

select results_eq(
  'select source, external_id, event_type, status, error, attempts, processed_at from public.webhook_events',
  $$ values ('stripe', 'evt_1', 'checkout.session.completed', 'applied', null::text, 1, now()) $$,
  'the event is applied'
);
select results_eq(
  'select transaction_type, amount, cause_type, cause_id, metadata from public.credit_transactions',
  $$
    values ('purchase', 50, 'stripe_payment', 'pi_1',
      '{"checkout_id": "22222222-0000-4000-8000-000000000001", "package_id": "11111111-0000-4000-8000-000000000001", "stripe_payment_intent_id": "pi_1"}'::jsonb)
  $$,
  'the package is granted'
);
select results_eq(
  'select source, external_id, user_id, checkout_id, amount, currency, credits, lot_seq from public.payments',
  $$ values ('stripe', 'pi_1', 'aaaaaaaa-0000-4000-8000-000000000001'::uuid, '22222222-0000-4000-8000-000000000001'::uuid, 999, 'usd', 50, 1::bigint) $$,
  'the payment is noted'
);
select results_eq('select status from public.checkouts', $$ values ('paid') $$, 'the checkout is paid');
select results_eq(
  'select stripe_customer_id from public.customers', $$ values ('cus_1') $$, 'the customer is known'
);
select private.record_webhook_event('stripe', pg_temp.event('evt_1'));
select is((select e.attempts from public.webhook_events as e), 1, 'the same event again is not applied again');
select private.record_webhook_event('stripe', pg_temp.event('evt_2'));
select is(
  (select a.balance from public.credit_accounts as a), 50, 'under another event id it grants nothing more'
);
select is((select count(*) from public.payments), 1::bigint, 'and is the same payment');
select is_empty('select * from private.audit_credits()', 'the books add up');

select * from finish();
rollback;
