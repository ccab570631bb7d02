begin;
select plan(3);

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

insert into public.customers (user_id, stripe_customer_id)
values ('aaaaaaaa-0000-4000-8000-000000000001', 'cus_1');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
create temporary table answer as select public.begin_subscription_checkout('11111111-0000-4000-8000-000000000001', 'k') as body;
select is(
  (select body - 'checkout_id' from answer),
  '{
    "user_id": "aaaaaaaa-0000-4000-8000-000000000001", "email": "ann@example.com",
    "plan_id": "11111111-0000-4000-8000-000000000001", "price_id": "price_basic",
    "stripe_customer_id": "cus_1", "session_id": null, "url": null
  }'::jsonb,
  'who buys what, at which price'
);
select tests.clear_authentication();
insert into public.prices (id, product_id, unit_amount, currency, type, interval)
values ('price_dearer', 'prod_1', 2000, 'usd', 'recurring', 'month');
update public.plans set price_id = 'price_dearer' where code = 't_basic';
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select is(public.begin_subscription_checkout('11111111-0000-4000-8000-000000000001', 'k') ->> 'price_id', 'price_basic', 'the price stays as it was offered');
select is(
  public.begin_subscription_checkout('11111111-0000-4000-8000-000000000001', 'k') ->> 'checkout_id', (select body ->> 'checkout_id' from answer), 'in one checkout'
);

select * from finish();
rollback;
