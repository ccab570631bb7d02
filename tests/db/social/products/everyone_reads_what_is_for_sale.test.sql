begin;
select plan(7);

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
select tests.authenticate_as_anon();
select results_eq(
  'select id, name, source, metadata from social.products', $$ values ('prod_1', 'Pro', 'stripe', '{"credits": 100}'::jsonb) $$,
  'products, without signing in'
);
select results_eq(
  'select id, product_id, unit_amount, currency, type, interval, interval_count, trial_period_days from social.prices',
  $$ values ('price_1', 'prod_1', 999::bigint, 'eur', 'recurring', 'month', 1, 0) $$,
  'and prices'
);
select throws_ok('update social.prices set unit_amount = 0', '42501', null, 'anon changes none');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select is((select count(*) from social.products), 1::bigint, 'signed in too');
select throws_ok('update social.prices set unit_amount = 0', '42501', null, 'a user changes none');
select throws_ok($$ insert into social.products (id, name) values ('x', 'x') $$, '42501', null, 'nor adds one');
select tests.authenticate_as_service();
select is((select count(*) from social.prices), 2::bigint, 'the service sees old ones');

select * from finish();
rollback;
