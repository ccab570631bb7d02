begin;
select plan(6);

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
insert into public.subscriptions (id, user_id, price_id, plan_id, status)
values ('sub_1', 'aaaaaaaa-0000-4000-8000-000000000001', 'price_basic', '11111111-0000-4000-8000-000000000001', 'active');

select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select is(
  public.begin_subscription_change('change_plan', '22222222-0000-4000-8000-000000000001', 'k') - 'change_id',
  '{"subscription_id": "sub_1", "user_id": "aaaaaaaa-0000-4000-8000-000000000001"}'::jsonb, 'the caller''s'
);
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select throws_ok(
  $$ select public.begin_subscription_change('cancel', null, 'k') $$, 'PT404', 'subscription_not_found', 'who has none changes none'
);
select tests.clear_authentication();
insert into public.subscriptions (id, user_id, status, created_at)
values
  ('sub_2', 'aaaaaaaa-0000-4000-8000-000000000001', 'canceled', now() + interval '1 day'),
  ('sub_3', 'aaaaaaaa-0000-4000-8000-000000000001', 'trialing', now() + interval '1 hour');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select is(
  public.begin_subscription_change('cancel', null, 'l') ->> 'subscription_id', 'sub_3', 'the newest that is not over'
);
select tests.clear_authentication();
update public.subscriptions set source = 'whop';
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select throws_ok(
  $$ select public.begin_subscription_change('cancel', null, 'm') $$, 'PT422', 'subscription_elsewhere', 'Whop''s is changed there'
);
select tests.authenticate('authenticated', '{}');
select throws_ok($$ select public.begin_subscription_change('cancel', null, 'k') $$, 'PT403', 'not_signed_in', 'no user');
select tests.authenticate_as_anon();
select throws_ok($$ select public.begin_subscription_change('cancel', null, 'k') $$, '42501', null, 'anon');

select * from finish();
rollback;
