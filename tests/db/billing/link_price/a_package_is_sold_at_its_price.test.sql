begin;
select plan(3);

select tests.tell('product.created', '{"id": "prod_1", "name": "Starter"}');
select tests.tell('price.created', '{"id": "price_1", "product": "prod_1", "currency": "eur", "type": "one_time",
  "unit_amount": 1099, "active": true, "metadata": {"package_code": "starter"}}');
select results_eq(
  $$ select stripe_price_id, unit_amount, currency from public.credit_packages where code = 'starter' $$,
  $$ values ('price_1', 1099, 'eur') $$, 'what is offered is what Stripe charges'
);
select results_eq(
  $$ select price from editor.pay_as_you_go_packages where name = 'Starter' $$, $$ values (10.99) $$, 'shown in whole units'
);
select tests.tell('price.updated', '{"id": "price_1", "product": "prod_1", "currency": "eur", "type": "one_time",
  "unit_amount": 1099, "active": true, "metadata": {}}', now() + interval '1 second');
select results_eq(
  $$ select stripe_price_id from public.credit_packages where code = 'starter' $$, $$ values (null::text) $$,
  'until the price names it no more'
);

select * from finish();
rollback;
