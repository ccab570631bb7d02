begin;
select plan(1);

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
insert into public.checkouts (id, user_id, package_id, idempotency_key, credits, unit_amount, currency)
values ('33333333-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', '11111111-0000-4000-8000-000000000001', 'key-2', 50, 999, 'usd');

select throws_ok(
  $$ select private.attach_checkout('33333333-0000-4000-8000-000000000001', 'cs_1', 'https://pay.test/cs_1') $$,
  'PT409', 'checkout_already_attached', 'and no second one'
);

select * from finish();
rollback;
