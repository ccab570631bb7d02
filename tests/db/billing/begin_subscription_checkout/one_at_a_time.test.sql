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

select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
create temporary table answer as select (public.begin_subscription_checkout('11111111-0000-4000-8000-000000000001', 'a') ->> 'checkout_id')::uuid as id;
grant all on answer to public;
select throws_ok(
  $$ select public.begin_subscription_checkout('11111111-0000-4000-8000-000000000001', 'b') $$, 'PT409', 'checkout_in_progress', 'another tab waits'
);
select lives_ok($$ select public.begin_subscription_checkout('11111111-0000-4000-8000-000000000001', 'a') $$, 'the same tab does not');
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select lives_ok($$ select public.begin_subscription_checkout('11111111-0000-4000-8000-000000000001', 'b') $$, 'nor does another user');

select tests.authenticate_as_service();
select public.release_subscription_checkout((select id from answer));
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select lives_ok($$ select public.begin_subscription_checkout('11111111-0000-4000-8000-000000000001', 'b') $$, 'once it was given up');
select throws_ok(
  $$ select public.begin_subscription_checkout('11111111-0000-4000-8000-000000000001', 'a') $$, 'PT409', 'checkout_in_progress', 'then the first one waits'
);
select tests.clear_authentication();
select private.attach_subscription_checkout(c.id, 'cs_b', 'https://pay.test/b')
from private.subscription_checkouts as c
where c.user_id = 'aaaaaaaa-0000-4000-8000-000000000001' and c.idempotency_key = 'b';
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select lives_ok($$ select public.begin_subscription_checkout('11111111-0000-4000-8000-000000000001', 'c') $$, 'or has its session');
select tests.clear_authentication();
update private.subscription_checkouts set held_until = now();
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select lives_ok($$ select public.begin_subscription_checkout('11111111-0000-4000-8000-000000000001', 'd') $$, 'or was left for two minutes');

select * from finish();
rollback;
