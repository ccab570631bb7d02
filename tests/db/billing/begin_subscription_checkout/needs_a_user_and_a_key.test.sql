begin;
select plan(7);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
insert into public.products (id, name) values ('prod_1', 'Plans');
insert into public.prices (id, product_id, unit_amount, currency, type, interval, trial_period_days)
values
  ('price_basic', 'prod_1', 1000, 'usd', 'recurring', 'month', 14),
  ('price_pro', 'prod_1', 4000, 'usd', 'recurring', 'month', 0),
  ('price_year', 'prod_1', 30000, 'usd', 'recurring', 'year', 0);
insert into public.plans (id, code, name, price_id)
values
  ('11111111-0000-4000-8000-000000000001', 't_basic', 'T Basic', 'price_basic'),
  ('22222222-0000-4000-8000-000000000001', 't_pro', 'T Pro', 'price_pro'),
  ('33333333-0000-4000-8000-000000000001', 't_year', 'T Year', 'price_year');

select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select throws_ok($$ select public.begin_subscription_checkout('11111111-0000-4000-8000-000000000001', null) $$, 'PT400', 'argument_missing', 'no key');
select throws_ok($$ select public.begin_subscription_checkout('11111111-0000-4000-8000-000000000001', ' ') $$, 'PT400', 'argument_missing', 'a blank key');
select throws_ok(
  $$ select public.begin_subscription_checkout('11111111-0000-4000-8000-000000000001', repeat('k', 201)) $$, 'PT400', 'argument_too_long', 'a long key'
);
select tests.clear_authentication();
update public.profiles set is_active = false;
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select throws_ok(
  $$ select public.begin_subscription_checkout('11111111-0000-4000-8000-000000000001', 'k') $$, 'PT403', 'account_suspended', 'who is deactivated starts nothing'
);
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select throws_ok($$ select public.begin_subscription_checkout('11111111-0000-4000-8000-000000000001', 'k') $$, 'PT403', 'profile_missing', 'no profile');
select tests.authenticate('authenticated', '{}');
select throws_ok($$ select public.begin_subscription_checkout('11111111-0000-4000-8000-000000000001', 'k') $$, 'PT403', 'not_signed_in', 'no user');
select tests.authenticate_as_anon();
select throws_ok($$ select public.begin_subscription_checkout('11111111-0000-4000-8000-000000000001', 'k') $$, '42501', null, 'anon');

select * from finish();
rollback;
