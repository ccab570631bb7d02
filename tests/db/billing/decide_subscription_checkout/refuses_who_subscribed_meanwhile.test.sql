begin;
select plan(10);

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

select throws_ok(
  format(
    $$ select public.decide_subscription_checkout('cccccccc-0000-4000-8000-000000000001', %L, '[]') $$,
    jsonb_build_array(jsonb_build_object('id', 'sub_1', 'status', s))
  ),
  'PT409', 'already_subscribed', s
)
from unnest(array['trialing', 'active', 'past_due', 'unpaid', 'paused']) as s;
select throws_ok(
  $$ select public.decide_subscription_checkout('cccccccc-0000-4000-8000-000000000001', null, '[]') $$, 'PT400', 'input_invalid',
  'no list of subscriptions'
);
select throws_ok(
  $$ select public.decide_subscription_checkout('cccccccc-0000-4000-8000-000000000001', '[]', '{}') $$, 'PT400', 'input_invalid',
  'no list of sessions'
);
select throws_ok(
  $$ select public.decide_subscription_checkout(gen_random_uuid(), '[]', '[]') $$, 'PT404',
  'checkout_not_found', 'an unknown checkout'
);
select private.attach_subscription_checkout('cccccccc-0000-4000-8000-000000000001', 'cs_1', 'https://pay.test/1');
select is(
  public.decide_subscription_checkout('cccccccc-0000-4000-8000-000000000001', '[{"id": "sub_1", "status": "active"}]', '[]') -> 'expire',
  '[]'::jsonb, 'what has its session was decided before'
);
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select throws_ok(
  $$ select public.decide_subscription_checkout('cccccccc-0000-4000-8000-000000000001', '[]', '[]') $$, '42501', null,
  'users decide nothing'
);

select * from finish();
rollback;
