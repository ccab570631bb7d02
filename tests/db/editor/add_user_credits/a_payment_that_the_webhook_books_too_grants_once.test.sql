begin;
select plan(2);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
insert into public.checkouts (id, user_id, package_id, idempotency_key, credits, unit_amount, currency)
select
  '77777777-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', p.id, 'key-1', p.credits, p.unit_amount,
  p.currency
from public.credit_packages as p where p.code = 'starter';
select tests.authenticate_as_service();
select editor.add_user_credits(
  'aaaaaaaa-0000-4000-8000-000000000001', 100, 'purchase', 'Starter', '{"stripe_payment_intent_id": "pi_1"}'
);
select tests.clear_authentication();
select is(
  (private.record_webhook_event('stripe', '{
    "id": "evt_1", "type": "checkout.session.completed", "data": {"object": {
      "id": "cs_1", "mode": "payment", "payment_intent": "pi_1", "payment_status": "paid", "currency": "usd",
      "amount_subtotal": 999, "amount_total": 999, "client_reference_id": "77777777-0000-4000-8000-000000000001",
      "metadata": {"checkout_id": "77777777-0000-4000-8000-000000000001"}
    }}
  }')).status,
  'applied', 'the webhook comes second'
);
select is(
  (select a.balance from public.credit_accounts as a where a.user_id = 'aaaaaaaa-0000-4000-8000-000000000001'), 100,
  'and finds it granted'
);

select * from finish();
rollback;
