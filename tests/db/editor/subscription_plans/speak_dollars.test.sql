begin;
select plan(7);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
insert into public.products (id, name) values ('prod_1', 'Starter');
insert into public.prices (id, product_id, unit_amount, currency, type) values ('price_1', 'prod_1', 2499, 'usd', 'recurring');
update public.plans set price_id = 'price_1', features = '{"batch": true}' where code = 'starter';
update public.plans set is_active = false where code = 'pro';
select tests.authenticate_as_anon();
select results_eq(
  'select name, stripe_price_id, monthly_price, credits_per_month, features, is_active, sort_order from editor.subscription_plans order by sort_order',
  $$
    values
      ('Free', null, 0.00, 0, '{}'::jsonb, true, 1), ('Basic', null, 9.99, 20, '{}', true, 2),
      ('Starter', 'price_1', 24.99, 60, '{"batch": true}', true, 3)
  $$,
  'what is for sale, for everyone'
);
select throws_ok('insert into editor.subscription_plans (name) values (''x'')', '42501', null, 'anon writes none');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select is((select count(*) from editor.subscription_plans), 3::bigint, 'a user sees the same');
select throws_ok('update editor.subscription_plans set credits_per_month = 1000', '42501', null, 'and writes none');
select tests.clear_authentication();
insert into public.subscriptions (id, user_id, status, plan_id)
select 'sub_1', 'aaaaaaaa-0000-4000-8000-000000000001', 'active', p.id from public.plans as p where p.code = 'pro';
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select is((select count(*) from editor.subscription_plans), 4::bigint, 'but for the plan they are on');
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select is((select count(*) from editor.subscription_plans), 3::bigint, 'which nobody else sees');
select tests.clear_authentication();
update public.profiles set role = 'admin' where id = 'bbbbbbbb-0000-4000-8000-000000000002';
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select is((select count(*) from editor.subscription_plans), 4::bigint, 'an admin sees all');

select * from finish();
rollback;
