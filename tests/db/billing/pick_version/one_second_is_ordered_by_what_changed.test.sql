begin;
select plan(3);

select tests.ann_subscribes(false);
create function pg_temp.version(p_note text, p_quantity integer, p_previous jsonb) returns text language sql as $$
  select tests.tell(
    'customer.subscription.updated',
    jsonb_set(
      tests.subscription('price_basic', now(), now() + interval '1 month', jsonb_build_object('metadata', jsonb_build_object('note', p_note))),
      '{items,data,0,quantity}', to_jsonb(p_quantity)
    ),
    now(), p_previous, 'evt_' || p_note || p_quantity
  );
$$;
-- a1, then b1, then b2, then c2: told from the end.
select pg_temp.version('c', 2, '{"metadata": {"note": "b"}}');
select pg_temp.version('a', 1, null);
select pg_temp.version('b', 2, (
  select jsonb_build_object('items', jsonb_set(o -> 'items', '{data,0,quantity}', '1'))
  from tests.subscription('price_basic', now(), now() + interval '1 month') as o
));
select pg_temp.version('b', 1, '{"metadata": {"note": "a"}}');
select results_eq(
  $$ select o.object #>> '{metadata,note}', o.is_decided from private.ordered_versions('stripe', 'subscription', 'sub_1') as o order by o.n $$,
  $$ values ('a', true), ('b', true), ('b', true), ('c', true) $$, 'step by step'
);
select results_eq(
  'select metadata, quantity from public.subscriptions', $$ values ('{"note": "c"}'::jsonb, 2) $$, 'the last counts'
);
select is_empty('select * from private.stale_billing_objects()', 'nothing is to be fetched');

select * from finish();
rollback;
