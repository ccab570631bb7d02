begin;
select plan(1);

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
select pg_temp.version('evt_c', false, now() + interval '1 second', null);
select is_empty('select * from private.stale_billing_objects()', 'nothing is to be fetched');

select * from finish();
rollback;
