begin;
select plan(2);

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

select is(
  public.decide_subscription_checkout(
    'cccccccc-0000-4000-8000-000000000001', '[]',
    '[
      {"id": "cs_other", "status": "open", "mode": "subscription", "metadata": {"checkout_id": "x"}},
      {"id": "cs_bare", "status": "open", "mode": "subscription", "metadata": {}},
      {"id": "cs_own", "status": "open", "mode": "subscription",
        "metadata": {"checkout_id": "cccccccc-0000-4000-8000-000000000001"}},
      {"id": "cs_package", "status": "open", "mode": "payment", "metadata": {}},
      {"id": "cs_over", "status": "expired", "mode": "subscription", "metadata": {}}
    ]'
  ) -> 'expire',
  '["cs_other", "cs_bare"]'::jsonb,
  'those that could still become a subscription, but for our own'
);
select is(
  public.decide_subscription_checkout('cccccccc-0000-4000-8000-000000000001', '[]', '[]') -> 'expire', '[]'::jsonb, 'or none'
);

select * from finish();
rollback;
