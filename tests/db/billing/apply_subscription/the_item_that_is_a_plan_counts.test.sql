begin;
select plan(1);

select tests.ann_subscribes(false);
select tests.tell('customer.subscription.created', jsonb_set(
  tests.subscription('price_basic', now(), now() + interval '1 month'), '{items,data}', '[
    {"id": "si_0", "quantity": 5, "price": {"id": "price_support"}, "current_period_start": 1, "current_period_end": 2},
    {"id": "si_1", "quantity": 2, "price": {"id": "price_basic"}, "current_period_start": 3, "current_period_end": 4}
  ]'
));
select results_eq(
  'select price_id, item_id, quantity from public.subscriptions', $$ values ('price_basic', 'si_1', 2) $$,
  'not what is sold along with it'
);

select * from finish();
rollback;
