begin;
select plan(4);

select tests.ann_subscribes(false);
select is(
  tests.tell('customer.created', '{"id": "cus_2", "metadata": {"user_id": "aaaaaaaa-0000-4000-8000-000000000001"}}'), 'applied',
  'another customer that names the user'
);
select results_eq(
  'select stripe_customer_id from public.customers', $$ values ('cus_1') $$, 'the first stays the one to charge'
);
select is(
  tests.tell('customer.subscription.created', tests.subscription(
    'price_basic', now(), now() + interval '1 month', '{"customer": "cus_2"}'
  )), 'applied', 'what the second buys'
);
select results_eq(
  'select user_id from public.subscriptions', $$ values ('aaaaaaaa-0000-4000-8000-000000000001'::uuid) $$, 'is the user''s'
);

select * from finish();
rollback;
