begin;
select plan(4);

select tests.ann_subscribes(false);
-- Within one second: scheduled, released and then cancelled.
create temporary table told (n integer, more jsonb, previous jsonb);
insert into told
values
  (1, '{"schedule": "sub_sched_1", "cancel_at_period_end": false}', '{"schedule": null}'),
  (2, '{"schedule": null, "cancel_at_period_end": false}', '{"schedule": "sub_sched_1"}'),
  (3, '{"schedule": null, "cancel_at_period_end": true}', '{"cancel_at_period_end": false}');
select is(
  tests.tell('customer.subscription.updated', tests.subscription('price_basic', now(), now() + interval '1 month', t.more), now(), t.previous, 'evt_' || 9 - t.n),
  'applied', 'change ' || t.n
)
from told as t;
select results_eq(
  $$ select s.cancel_at_period_end, o.stale_since is null from public.subscriptions as s join private.billing_objects as o on o.id = s.id $$,
  $$ values (true, true) $$, 'it ends, and nobody has to ask'
);

select * from finish();
rollback;
