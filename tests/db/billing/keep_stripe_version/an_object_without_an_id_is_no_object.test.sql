begin;
select plan(5);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
create function pg_temp.event(p_source text, p_event jsonb) returns public.webhook_events language sql as $$
  select jsonb_populate_record(null::public.webhook_events, jsonb_build_object(
    'source', p_source, 'external_id', 'evt_1', 'event_type', 'product.updated', 'object_type', 'product', 'received_at', now()
  ) || p_event);
$$;

select throws_ok(format('select private.%s(pg_temp.event(%L, %L))', c.called, c.source, c.event), 'PT400', 'event_invalid', c.what)
from (
  values
    ('of Stripe, without an id', 'keep_stripe_version', 'stripe', '{"payload": {"data": {"object": {}}}}'),
    ('of Stripe, without an object', 'keep_stripe_version', 'stripe', '{"object_id": "prod_1", "payload": {}}'),
    ('of Whop, without an id', 'keep_whop_version', 'whop', '{"payload": {"data": {}}}'),
    ('of Whop, without an object', 'keep_whop_version', 'whop', '{"object_id": "prod_1", "payload": {}}'),
    ('of Whop''s catalogue', 'apply_whop_catalogue', 'whop', '{"payload": {"data": {}}}')
) as c (what, called, source, event);

select * from finish();
rollback;
