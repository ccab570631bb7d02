begin;
select plan(2);

select tests.ann_subscribes(false);
create function pg_temp.common() returns jsonb language sql as $$
  select '{
    "id": "sub_1", "object": "subscription", "customer": "cus_1", "status": "trialing", "created": 1700000000,
    "cancel_at_period_end": true, "cancel_at": 1800000000, "canceled_at": 1700000500, "ended_at": null,
    "trial_start": 1700000000, "trial_end": 1701209600, "schedule": "sub_sched_1", "metadata": {"a": "b"}
  }'::jsonb;
$$;
create function pg_temp.row() returns jsonb language sql as $$
  select to_jsonb(s) - '{row_id,plan_id,updated_at}'::text[] from public.subscriptions as s;
$$;
select tests.tell('customer.subscription.created', pg_temp.common() || '{
  "current_period_start": 1700000000, "current_period_end": 1702592000,
  "items": {"data": [{"id": "si_1", "quantity": 3, "price": {"id": "price_basic"}}]}
}', now());
create temporary table old as select pg_temp.row() as row;
select is((select row from old), '{
  "id": "sub_1", "source": "stripe", "user_id": "aaaaaaaa-0000-4000-8000-000000000001", "price_id": "price_basic",
  "status": "trialing", "quantity": 3, "cancel_at_period_end": true, "customer_id": "cus_1", "item_id": "si_1",
  "schedule_id": "sub_sched_1", "metadata": {"a": "b"}, "ended_at": null
}'::jsonb || jsonb_build_object(
  'current_period_start', to_timestamp(1700000000), 'current_period_end', to_timestamp(1702592000),
  'trial_start', to_timestamp(1700000000), 'trial_end', to_timestamp(1701209600), 'cancel_at', to_timestamp(1800000000),
  'canceled_at', to_timestamp(1700000500), 'created_at', to_timestamp(1700000000)
), 'before 2025-03-31 the period is the subscription''s');
delete from public.subscriptions;
select tests.tell('customer.subscription.updated', pg_temp.common() || '{
  "items": {"data": [{"id": "si_1", "quantity": 3, "price": {"id": "price_basic"},
    "current_period_start": 1700000000, "current_period_end": 1702592000}]}
}', now() + interval '1 second');
select is(pg_temp.row(), (select row from old), 'since then its item''s');

select * from finish();
rollback;
