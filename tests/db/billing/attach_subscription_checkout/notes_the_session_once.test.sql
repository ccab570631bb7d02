begin;
select plan(9);

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
insert into private.subscription_checkouts (id, user_id, plan_id, price_id, idempotency_key)
values ('cccccccc-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', '11111111-0000-4000-8000-000000000001', 'price_basic', 'k');

update private.subscription_checkouts set held_until = now() + interval '1 minute';
create function pg_temp.attach(p_id uuid, p_session text, p_url text default 'https://pay.test/1')
returns jsonb language sql as $$
  select public.attach_subscription_checkout(p_id, p_session, p_url);
$$;
select is(
  pg_temp.attach('cccccccc-0000-4000-8000-000000000001', 'cs_1'),
  '{"checkout_id": "cccccccc-0000-4000-8000-000000000001", "session_id": "cs_1", "url": "https://pay.test/1"}'::jsonb,
  'it is noted'
);
select is((select held_until from private.subscription_checkouts), null, 'and the next may begin');
select lives_ok($$ select pg_temp.attach('cccccccc-0000-4000-8000-000000000001', 'cs_1') $$, 'again changes nothing');
select throws_ok(
  $$ select pg_temp.attach('cccccccc-0000-4000-8000-000000000001', 'cs_2') $$, 'PT409', 'checkout_already_attached', 'another session'
);
select throws_ok(
  $$ select pg_temp.attach(gen_random_uuid(), 'cs_2') $$, 'PT404', 'checkout_not_found', 'no checkout'
);
select throws_ok(
  $$ select pg_temp.attach('cccccccc-0000-4000-8000-000000000001', ' ') $$, 'PT400', 'argument_missing', 'no session'
);
select throws_ok(
  $$ select pg_temp.attach('cccccccc-0000-4000-8000-000000000001', 'cs_1', repeat('u', 4097)) $$, 'PT400', 'argument_too_long', 'a long address'
);
select throws_ok(
  $$ select public.release_subscription_checkout(gen_random_uuid()) $$, 'PT404', 'checkout_not_found',
  'nothing to release'
);
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select throws_ok(
  $$ select public.release_subscription_checkout('cccccccc-0000-4000-8000-000000000001') $$, '42501', null, 'users release nothing'
);

select * from finish();
rollback;
