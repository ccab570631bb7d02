begin;
select plan(6);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
insert into public.products (id, name, active, metadata)
values ('prod_1', 'Pro', true, '{"credits": 100}'), ('prod_2', 'Old', false, '{}');
insert into public.prices (id, product_id, unit_amount, currency, type, interval, active)
values
  ('price_1', 'prod_1', 999, 'eur', 'recurring', 'month', true),
  ('price_2', 'prod_2', 1, 'eur', 'one_time', null, false);
insert into public.subscriptions (id, user_id, price_id, status, source)
values ('sub_1', 'aaaaaaaa-0000-4000-8000-000000000001', 'price_1', 'trialing', 'whop'), ('sub_2', 'bbbbbbbb-0000-4000-8000-000000000002', 'price_1', 'active', 'stripe');
insert into public.customers (user_id, stripe_customer_id)
values ('aaaaaaaa-0000-4000-8000-000000000001', 'cus_1'), ('bbbbbbbb-0000-4000-8000-000000000002', 'cus_2');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select results_eq(
  'select id, user_id::text, price_id, status, source, quantity, cancel_at_period_end from social.subscriptions',
  $$ values ('sub_1', 'aaaaaaaa-0000-4000-8000-000000000001', 'price_1', 'trialing', 'whop', 1, false) $$,
  'their own'
);
select throws_ok($$ update social.subscriptions set status = 'active' $$, '42501', null, 'and does not change it');
select throws_ok(
  $$ insert into social.subscriptions (id, user_id, status) values ('sub_x', 'aaaaaaaa-0000-4000-8000-000000000001', 'active') $$, '42501', null, 'nor gives themselves one'
);
select results_eq(
  'select id::text, stripe_customer_id, whop_customer_id from social.customers',
  $$ values ('aaaaaaaa-0000-4000-8000-000000000001', 'cus_1', null::text) $$, 'with their ids as a customer'
);
select throws_ok($$ update social.customers set stripe_customer_id = 'cus_2' $$, '42501', null, 'which they do not change');
select tests.authenticate_as_anon();
select throws_ok('select 1 from social.subscriptions', '42501', null, 'anon sees none');

select * from finish();
rollback;
