begin;
select plan(5);

select is(
  tests.tell('price.created', '{"id": "price_1", "product": "prod_1", "currency": "usd", "type": "recurring", "active": true,
    "unit_amount": 1999, "nickname": "Monthly", "created": 1700000000, "metadata": {},
    "recurring": {"interval": "month", "interval_count": 3, "trial_period_days": 7}}', now() - interval '1 hour'),
  'waiting', 'a price whose product is not known'
);
select results_eq('select waiting_for from public.webhook_events', $$ values ('product:prod_1') $$, 'says what it waits for');
select tests.tell('product.created', '{"id": "prod_1", "name": "Pro"}', now());
select isnt_empty('select private.due_webhook_events()', 'it is due when the product appears');
select tests.retry_events();
select results_eq(
  'select product_id, description, unit_amount, currency, type, interval, interval_count, trial_period_days, active, created_at from public.prices',
  $$ values ('prod_1', 'Monthly', 1999::bigint, 'usd', 'recurring', 'month', 3, 7, true, to_timestamp(1700000000)) $$,
  'and is mirrored'
);
select tests.tell('price.deleted', '{"id": "price_1", "object": "price", "deleted": true}', now());
select results_eq('select unit_amount, active from public.prices', $$ values (1999::bigint, false) $$, 'deleted, it stays');

select * from finish();
rollback;
