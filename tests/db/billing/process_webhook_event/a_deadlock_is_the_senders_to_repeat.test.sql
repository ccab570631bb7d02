begin;
select plan(2);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
create function private.deadlocks() returns trigger language plpgsql as $$
begin
  raise deadlock_detected;
end;
$$;
create trigger deadlocks before insert on public.products execute function private.deadlocks();
select throws_ok(
  $$ select tests.tell('product.created', '{"id": "prod_1", "name": "One"}') $$, '40P01', null, 'while it is applied'
);
create trigger deadlocks before insert on private.billing_versions execute function private.deadlocks();
select throws_ok(
  $$
    select private.keep_failed_version(jsonb_populate_record(null::public.webhook_events, '{
      "source": "stripe", "external_id": "evt_1", "event_type": "product.updated", "object_type": "product",
      "object_id": "prod_1", "payload": {"data": {"object": {"id": "prod_1"}}}, "received_at": "2026-01-01"
    }'))
  $$,
  '40P01', null, 'or what it says is kept'
);

select * from finish();
rollback;
