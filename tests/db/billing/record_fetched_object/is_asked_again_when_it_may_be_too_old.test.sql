begin;
select plan(5);

select tests.ann_subscribes(false);
create function pg_temp.version(p_id text, p_cancel boolean, p_at timestamptz, p_previous jsonb) returns text language sql as $$
  select tests.tell(
    'customer.subscription.updated',
    tests.subscription('price_basic', now(), now() + interval '1 month', jsonb_build_object('cancel_at_period_end', p_cancel)),
    p_at, p_previous, p_id
  );
$$;
select pg_temp.version('evt_a', true, now(), '{"cancel_at_period_end": false}');
select pg_temp.version('evt_b', false, now(), '{"cancel_at_period_end": true}');
create function pg_temp.fetch(p_at timestamptz) returns text language sql as $$
  select private.record_fetched_object('stripe', tests.subscription(
    'price_basic', now(), now() + interval '1 month', '{"cancel_at_period_end": true}'
  ), p_at, now() + interval '1 hour');
$$;
select is(pg_temp.fetch(now()), 'early', 'fetched in the same second as the newest version');
select is(pg_temp.fetch(now() + interval '4 seconds'), 'early', 'or so soon after that clocks may differ');
select isnt_empty($$ select * from private.stale_billing_objects(10, now() + interval '1 hour') $$, 'it stays to be fetched');
select is(pg_temp.fetch(now() + interval '7 seconds'), 'applied', 'later it is sure');
select is_empty($$ select * from private.stale_billing_objects(10, now() + interval '1 day') $$, 'and ends the doubt');

select * from finish();
rollback;
