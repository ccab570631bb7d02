begin;
select plan(2);

select private.record_webhook_event('stripe', '{"id": "evt_1", "type": "product.created", "data": {"object": {"id": "prod_1", "name": "A"}}}');
-- As a version of ours stored it that did not know the type.
update public.webhook_events set status = 'ignored', object_type = null, object_id = null;
delete from private.billing_versions;
delete from public.products;
select is((select (private.replay_webhook_event(e.id)).status from public.webhook_events as e), 'applied', 'is applied when it is replayed');
select isnt_empty('select * from public.products', 'with its effect');

select * from finish();
rollback;
