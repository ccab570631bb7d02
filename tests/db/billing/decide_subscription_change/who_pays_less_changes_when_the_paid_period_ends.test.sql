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

-- A change, and the subscription as Stripe has it, with what the test says of it.
create function pg_temp.decide(p_action text, p_plan_id uuid, p_change jsonb default '{}')
returns jsonb language plpgsql as $$
declare
  v_id uuid := gen_random_uuid();
begin
  insert into private.subscription_changes (id, user_id, subscription_id, action, plan_id, idempotency_key)
  values (v_id, 'aaaaaaaa-0000-4000-8000-000000000001', 'sub_1', p_action, p_plan_id, v_id::text);
  return public.decide_subscription_change(v_id, '{
    "id": "sub_1", "object": "subscription", "customer": "cus_1", "status": "active",
    "cancel_at_period_end": false, "schedule": null, "pending_update": null, "created": 1800000000,
    "metadata": {},
    "items": {"object": "list", "data": [{
      "id": "si_1", "quantity": 2, "current_period_start": 1800000000, "current_period_end": 1802592000,
      "price": {
        "id": "price_basic", "unit_amount": 1000, "currency": "usd", "product": "prod_1",
        "type": "recurring", "recurring": {"interval": "month", "interval_count": 1}
      }
    }]}
  }'::jsonb || p_change);
end;
$$;
create function pg_temp.at_price(p_price_id text, p_amount integer, p_currency text default 'usd')
returns jsonb language sql as $$
  select jsonb_build_object('items', jsonb_build_object('data', jsonb_build_array(jsonb_build_object(
    'id', 'si_1', 'quantity', 2, 'current_period_start', 1800000000, 'current_period_end', 1802592000,
    'price', jsonb_build_object(
      'id', p_price_id, 'unit_amount', p_amount, 'currency', p_currency, 'product', 'prod_1',
      'type', 'recurring', 'recurring', '{"interval": "month", "interval_count": 1}'::jsonb
    )
  ))));
$$;

create temporary table answer as
select pg_temp.decide('change_plan', '11111111-0000-4000-8000-000000000001', pg_temp.at_price('price_pro', 4000)) as body;
select is(
  (select body -> 'steps' from answer),
  '[{
    "do": "schedule_price", "price_id": "price_basic", "quantity": 2,
    "interval": "month", "interval_count": 1
  }]'::jsonb,
  'the lower price is scheduled'
);
select is((select body ->> 'effect' from answer), 'period_end', 'for the period''s end');
select is(
  (select (body ->> 'effective_at')::timestamptz from answer), to_timestamp(1802592000), 'which is told'
);
select is(
  pg_temp.decide(
    'change_plan', '11111111-0000-4000-8000-000000000001', pg_temp.at_price('price_pro', 4000) || '{"status": "trialing"}'
  ) #>> '{steps,0,do}',
  'set_price', 'in a trial nothing is paid for'
);
select is(
  pg_temp.decide('change_plan', '11111111-0000-4000-8000-000000000001', pg_temp.at_price('price_dear', 1000)) #>> '{steps,0,do}',
  'schedule_price', 'for the same money nothing is gained by a change now'
);

select * from finish();
rollback;
