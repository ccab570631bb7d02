begin;
select plan(16);

select throws_ok(
  format('select private.record_webhook_event(%L, ''{"id": "evt_1", "type": "t"}'')', s.source), 'PT400',
  'source_unknown',
  'source ' || coalesce(s.source, 'null')
)
from unnest(array['paypal', '', null]) as s (source);
select throws_ok(
  format('select private.record_webhook_event(''stripe'', %L)', e.event), 'PT400', 'event_invalid',
  'event ' || coalesce(left(e.event, 40), 'null')
)
from unnest(array[
  null, 'null', '[]', '"evt_1"', '{}', '{"id": "evt_1"}', '{"type": "t"}', '{"id": 1, "type": "t"}',
  '{"id": "evt_1", "type": null}',
  '{"id": "", "type": "t"}', '{"id": "evt_1", "type": ""}',
  jsonb_build_object('id', repeat('e', 256), 'type', 't')::text
]) as e (event);
select is((select count(*) from public.webhook_events), 0::bigint, 'nothing is stored');

select * from finish();
rollback;
