begin;
select plan(6);

select tests.ann_subscribes(false);
select is(tests.tell('customer.subscription.created', tests.subscription(
  'price_basic', now(), now() + interval '1 month', '{"status": "sleeping"}'
)), 'failed', 'an event that cannot be applied');
select results_eq(
  $$ select v.object ->> 'status' from private.billing_versions as v where v.type = 'subscription' $$, $$ values ('sleeping') $$, 'its version is kept'
);
select is_empty('select * from public.subscriptions', 'nothing else of it is');
select is(tests.tell('customer.subscription.created', '{"id": "sub_5", "customer": "cus_1", "created": "soon"}'), 'failed', 'nor of one that cannot be read');
select is(tests.tell('invoice.paid', '{"object": "invoice"}'), 'failed', 'or has no id');
select is((select count(*) from public.webhook_events as e where e.next_attempt_at is not null), 3::bigint, 'all are tried again');

select * from finish();
rollback;
