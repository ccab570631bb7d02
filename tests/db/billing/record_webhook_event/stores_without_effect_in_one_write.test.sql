begin;
select plan(2);

select private.record_webhook_event('stripe', '{"id": "evt_1", "type": "account.updated", "data": {"object": {"id": "acct_1"}}}');
select results_eq(
  'select status, attempts, object_type, processed_at, next_attempt_at from public.webhook_events',
  $$ values ('ignored', 1, null::text, now(), null::timestamptz) $$, 'as what it is'
);
select is_empty('select * from private.billing_versions', 'nothing is kept of an object that has no effect');

select * from finish();
rollback;
