begin;
select plan(5);

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

insert into private.subscription_changes (
  id, user_id, subscription_id, action, idempotency_key, decision, held_until
)
values (
  'dddddddd-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'sub_1', 'cancel', 'k',
  '{"effect": "period_end", "steps": [{"do": "set_cancel", "cancel_at_period_end": true}]}',
  now() + interval '1 minute'
);
select is(
  public.decide_subscription_change('dddddddd-0000-4000-8000-000000000001', '{}') #>> '{steps,0,do}', 'set_cancel',
  'what was decided is decided'
);
select public.finish_subscription_change('dddddddd-0000-4000-8000-000000000001', true);
select is(
  (select row(c.held_until, c.done_at) from private.subscription_changes as c)::text,
  row(null::timestamptz, now())::text, 'it is done'
);
select is(
  public.decide_subscription_change('dddddddd-0000-4000-8000-000000000001', '{}'),
  '{"effect": "period_end", "steps": []}'::jsonb, 'and has no steps any more'
);
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select lives_ok(
  $$ select public.begin_subscription_change('cancel', null, 'k') $$, 'its key may be repeated'
);
select throws_ok(
  $$ select public.finish_subscription_change('dddddddd-0000-4000-8000-000000000001', true) $$, '42501', null, 'users finish nothing'
);

select * from finish();
rollback;
