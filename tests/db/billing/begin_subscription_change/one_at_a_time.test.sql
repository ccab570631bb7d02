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
insert into public.subscriptions (id, user_id, price_id, plan_id, status)
values ('sub_1', 'aaaaaaaa-0000-4000-8000-000000000001', 'price_basic', '11111111-0000-4000-8000-000000000001', 'active');

select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
create temporary table answer as select public.begin_subscription_change('change_plan', '22222222-0000-4000-8000-000000000001', 'a') as body;
grant all on answer to public;
select throws_ok(
  $$ select public.begin_subscription_change('cancel', null, 'b') $$, 'PT409', 'change_in_progress', 'another one waits'
);
select is(public.begin_subscription_change('change_plan', '22222222-0000-4000-8000-000000000001', 'a'), (select body from answer), 'the same one is the same');
select throws_ok(
  $$ select public.begin_subscription_change('change_plan', '33333333-0000-4000-8000-000000000001', 'a') $$, 'PT409', 'idempotency_key_reused', 'not with another plan'
);
select throws_ok(
  $$ select public.begin_subscription_change('cancel', null, 'a') $$, 'PT409', 'idempotency_key_reused', 'or another action'
);
select tests.clear_authentication();
select private.finish_subscription_change((select (body ->> 'change_id')::uuid from answer), false);
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select lives_ok($$ select public.begin_subscription_change('cancel', null, 'b') $$, 'when the first was given up');
select tests.clear_authentication();
update private.subscription_changes set held_until = now();
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select lives_ok($$ select public.begin_subscription_change('resume', null, 'c') $$, 'or left for two minutes');
select tests.clear_authentication();
update private.subscription_changes set created_at = now() - interval '21 hours', held_until = null;
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select throws_ok(
  $$ select public.begin_subscription_change('change_plan', '22222222-0000-4000-8000-000000000001', 'a') $$, 'PT409', 'idempotency_key_reused',
  'what was left undone for a day is another call'
);

select * from finish();
rollback;
