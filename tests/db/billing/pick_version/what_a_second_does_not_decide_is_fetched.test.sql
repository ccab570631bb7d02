begin;
select plan(6);

select tests.ann_subscribes(false);
create function pg_temp.version(p_id text, p_cancel boolean, p_previous jsonb) returns text language sql as $$
  select tests.tell(
    'customer.subscription.updated',
    tests.subscription('price_basic', now(), now() + interval '1 month', jsonb_build_object('cancel_at_period_end', p_cancel)),
    now() - interval '1 hour', p_previous, p_id
  );
$$;
-- There and back: either may be the last.
select pg_temp.version('evt_a', true, '{"cancel_at_period_end": false}');
select pg_temp.version('evt_b', false, '{"cancel_at_period_end": true}');
select results_eq(
  'select source, type, id from private.stale_billing_objects()', $$ values ('stripe', 'subscription', 'sub_1') $$,
  'it is listed'
);
select is_empty('select * from private.stale_billing_objects()', 'not again while somebody fetches it');
select isnt_empty(
  $$ select * from private.stale_billing_objects(10, now() + interval '2 minutes') $$, 'but again when nobody came back'
);
select is(
  private.record_fetched_object('stripe', tests.subscription(
    'price_basic', now(), now() + interval '1 month', '{"cancel_at_period_end": true}'
  )), 'applied', 'fetched'
);
select results_eq('select cancel_at_period_end from public.subscriptions', $$ values (true) $$, 'it says what is');
select is_empty($$ select * from private.stale_billing_objects(10, now() + interval '1 day') $$, 'and ends the doubt');

select * from finish();
rollback;
