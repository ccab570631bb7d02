begin;
select plan(2);

select tests.ann_subscribes(false);
select tests.tell('customer.subscription.deleted', tests.subscription(
  'price_basic', now(), now() + interval '1 month',
  jsonb_build_object('status', 'canceled', 'ended_at', tests.unix(now()))
), now());
select tests.tell(
  'customer.subscription.updated', tests.subscription('price_basic', now(), now() + interval '1 month'),
  now() + interval '1 minute'
);
select results_eq(
  'select status, ended_at from public.subscriptions', $$ values ('canceled', date_trunc('second', now())) $$,
  'what ended does not start again, whatever an event of a later second says'
);
select tests.tell('invoice.paid', tests.invoice('[]'), now());
select tests.tell('invoice.updated', tests.invoice('[]', '{"status": "open"}'), now() + interval '1 minute');
select results_eq('select status from public.invoices', $$ values ('paid') $$, 'and paid stays paid');

select * from finish();
rollback;
