begin;
select plan(7);

select tests.ann_subscribes(false);
create function pg_temp.sub(p_status text) returns jsonb language sql as $$
  select tests.subscription('price_basic', now(), now() + interval '1 month', jsonb_build_object('status', p_status));
$$;
select tests.tell('customer.subscription.created', pg_temp.sub('active'), now() - interval '1 hour');
select is(private.record_fetched_object('stripe', pg_temp.sub('active')), 'unchanged', 'it says what is known');
select is(
  (select count(*) from private.billing_versions as v where v.type = 'subscription'), 1::bigint, 'and is not kept'
);
select is(private.record_fetched_object('stripe', pg_temp.sub('past_due')), 'applied', 'it says something new');
select results_eq('select status from public.subscriptions', $$ values ('past_due') $$, 'which counts');
select tests.tell('customer.subscription.updated', pg_temp.sub('unpaid'), now() - interval '30 minutes');
select results_eq(
  'select status from public.subscriptions', $$ values ('past_due') $$, 'also against an event of before that comes later'
);
select tests.tell('customer.subscription.updated', pg_temp.sub('active'), now());
select results_eq('select status from public.subscriptions', $$ values ('active') $$, 'but not against what happened since');
select results_eq(
  $$ select event_type, status from public.webhook_events where event_type like '%.fetched' $$,
  $$ values ('subscription.fetched', 'applied') $$, 'it is in the inbox like an event'
);

select * from finish();
rollback;
