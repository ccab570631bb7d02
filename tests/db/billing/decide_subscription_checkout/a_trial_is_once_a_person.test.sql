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
insert into private.subscription_checkouts (id, user_id, plan_id, price_id, idempotency_key)
values ('cccccccc-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', '11111111-0000-4000-8000-000000000001', 'price_basic', 'k');

create function pg_temp.trial_days(p_subscriptions jsonb default '[]') returns integer language sql as $$
  select (public.decide_subscription_checkout('cccccccc-0000-4000-8000-000000000001', p_subscriptions, '[]') ->> 'trial_days')::integer;
$$;
select is(pg_temp.trial_days(), 14, 'who never had one has the price''s');
select is(
  pg_temp.trial_days('[{"id": "sub_1", "status": "canceled", "trial_start": null}]'), 14,
  'also who once paid without'
);
select is(
  pg_temp.trial_days('[{"id": "sub_1", "status": "canceled", "trial_start": 1800000000}]'), 0,
  'not who had one, as Stripe knows'
);
insert into public.subscriptions (id, user_id, source, status, trial_start)
values ('mem_1', 'aaaaaaaa-0000-4000-8000-000000000001', 'whop', 'canceled', now());
select is(pg_temp.trial_days(), 0, 'or as we know, from whichever seller');
delete from public.subscriptions;
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 5, 'trial_grant', p_idempotency_key => 'sign-up');
select is(pg_temp.trial_days(), 14, 'sign-up credits are no trial');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 5, 'trial_grant', p_idempotency_key => 'trial');
select is(pg_temp.trial_days(), 0, 'or as the ledger knows');
update private.subscription_checkouts set price_id = 'price_pro';
select is(pg_temp.trial_days(), 0, 'and a price without a trial has none');

select * from finish();
rollback;
