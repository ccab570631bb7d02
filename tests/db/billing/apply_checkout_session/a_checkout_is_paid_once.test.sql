begin;
select plan(2);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
insert into public.checkouts (id, user_id, package_id, idempotency_key, external_id, credits, unit_amount, currency)
select '22222222-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', p.id, 'k', 'cs_1', 100, 999, 'usd'
from public.credit_packages as p where p.code = 'starter';
select private.record_webhook_event('stripe', jsonb_build_object(
  'id', 'evt_' || e.n, 'type', 'checkout.session.completed',
  'data', jsonb_build_object('object', jsonb_build_object(
    'id', 'cs_1', 'mode', 'payment', 'payment_status', 'paid', 'currency', 'usd', 'amount_total', 999,
    'payment_intent', e.intent, 'metadata', '{"checkout_id": "22222222-0000-4000-8000-000000000001"}'::jsonb
  ))
))
from (values (1, '"pi_1"'::jsonb), (2, '{"id": "pi_1", "object": "payment_intent"}'), (3, '"pi_2"')) as e (n, intent);

select is((select a.balance from public.credit_accounts as a), 100, 'whatever payments are named');
select results_eq(
  'select external_id, status from public.webhook_events order by external_id',
  $$ values ('evt_1', 'applied'), ('evt_2', 'applied'), ('evt_3', 'failed') $$,
  'an expanded payment is the same one, another is shown to the operator'
);

select * from finish();
rollback;
