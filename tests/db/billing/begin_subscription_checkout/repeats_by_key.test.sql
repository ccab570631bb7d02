begin;
select plan(4);

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

select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
create temporary table answer as select public.begin_subscription_checkout('11111111-0000-4000-8000-000000000001', 'k') as body;
grant all on answer to public;
select tests.authenticate_as_service();
select public.attach_subscription_checkout(
  (select (body ->> 'checkout_id')::uuid from answer), 'cs_1', 'https://pay.test/1'
);
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select is(
  public.begin_subscription_checkout('11111111-0000-4000-8000-000000000001', 'k'),
  (select body || '{"session_id": "cs_1", "url": "https://pay.test/1"}' from answer),
  'the same key is the same checkout, now with its page'
);
select throws_ok(
  $$ select public.begin_subscription_checkout('22222222-0000-4000-8000-000000000001', 'k') $$, 'PT409', 'idempotency_key_reused',
  'another plan is refused'
);
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select isnt(
  public.begin_subscription_checkout('11111111-0000-4000-8000-000000000001', 'k') ->> 'checkout_id', (select body ->> 'checkout_id' from answer),
  'another user''s key is another checkout'
);
select tests.clear_authentication();
update private.subscription_checkouts set created_at = now() - interval '21 hours';
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select throws_ok(
  $$ select public.begin_subscription_checkout('11111111-0000-4000-8000-000000000001', 'k') $$, 'PT409', 'idempotency_key_reused',
  'a session lasts a day, and so does the key'
);

select * from finish();
rollback;
