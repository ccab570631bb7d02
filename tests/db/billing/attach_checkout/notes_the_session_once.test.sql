begin;
select plan(4);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
insert into public.credit_packages (id, code, name, credits, unit_amount)
values ('11111111-0000-4000-8000-000000000001', 'test', 'Test', 50, 999);
insert into public.checkouts (id, user_id, package_id, idempotency_key, credits, unit_amount, currency)
values (
  '22222222-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001',
  '11111111-0000-4000-8000-000000000001', 'key-1', 50, 999, 'usd'
);
select is(
  private.attach_checkout('22222222-0000-4000-8000-000000000001', 'cs_1', 'https://pay.test/cs_1', 'cus_1'),
  '{"checkout_id": "22222222-0000-4000-8000-000000000001", "session_id": "cs_1", "url": "https://pay.test/cs_1"}'::jsonb,
  'and its address'
);
select is(
  private.attach_checkout('22222222-0000-4000-8000-000000000001', 'cs_1', 'https://pay.test/other') ->> 'url',
  'https://pay.test/cs_1', 'repeated it is the first'
);
select throws_ok(
  $$ select private.attach_checkout('22222222-0000-4000-8000-000000000001', 'cs_2', 'https://pay.test/cs_2') $$,
  'PT409', 'checkout_already_attached', 'another session is refused'
);
select results_eq(
  'select user_id, stripe_customer_id from public.customers',
  $$ values ('aaaaaaaa-0000-4000-8000-000000000001'::uuid, 'cus_1') $$, 'the customer is noted'
);

select * from finish();
rollback;
