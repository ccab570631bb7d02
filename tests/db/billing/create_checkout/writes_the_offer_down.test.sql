begin;
select plan(2);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
insert into public.credit_packages (id, code, name, description, credits, unit_amount, currency, stripe_price_id, expires_after)
values ('11111111-0000-4000-8000-000000000001', 'test', 'Test', 'For tests', 50, 999, 'eur', 'price_1', '30 days');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');

select is(
  public.create_checkout('11111111-0000-4000-8000-000000000001', 'key-1') - 'checkout_id',
  '{
    "user_id": "aaaaaaaa-0000-4000-8000-000000000001", "email": "ann@example.com", "status": "open", "external_id": null, "url": null,
    "stripe_customer_id": null,
    "package": {
      "id": "11111111-0000-4000-8000-000000000001", "name": "Test", "description": "For tests", "credits": 50, "unit_amount": 999,
      "currency": "eur", "stripe_price_id": "price_1"
    }
  }'::jsonb,
  'as the function needs it'
);
select results_eq(
  'select user_id, package_id, idempotency_key, source, credits, unit_amount, currency, expires_after, status from public.checkouts',
  $$
    values ('aaaaaaaa-0000-4000-8000-000000000001'::uuid, '11111111-0000-4000-8000-000000000001'::uuid, 'key-1', 'stripe', 50, 999, 'eur', interval '30 days', 'open')
  $$,
  'as it is now'
);

select * from finish();
rollback;
