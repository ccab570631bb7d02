begin;
select plan(11);

select tests.ann_subscribes(false);
create function pg_temp.told(p_n integer, p_type text, p_status text) returns text language sql as $$
  select tests.tell(p_type, tests.subscription(
    'price_basic', now(), now() + interval '1 month', jsonb_build_object('status', p_status), 'sub_' || p_n
  ));
$$;
select is(pg_temp.told(e.n, e.type, e.status), 'applied', e.type || ' ' || e.status)
from (values
  ('customer.subscription.created', 'incomplete', 1),
  ('customer.subscription.updated', 'past_due', 2),
  ('customer.subscription.updated', 'unpaid', 3),
  ('customer.subscription.paused', 'paused', 4),
  ('customer.subscription.resumed', 'active', 5),
  ('customer.subscription.trial_will_end', 'trialing', 6),
  ('customer.subscription.pending_update_applied', 'active', 7),
  ('customer.subscription.pending_update_expired', 'active', 8),
  ('customer.subscription.deleted', 'canceled', 9),
  ('customer.subscription.updated', 'incomplete_expired', 10)
) as e (type, status, n);
select is(pg_temp.told(99, 'customer.subscription.updated', 'sleeping'), 'failed', 'a word that is not known is for an administrator');

select * from finish();
rollback;
