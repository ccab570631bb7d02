begin;
select plan(22);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 60, 'bonus');
select private.attach_customer('aaaaaaaa-0000-4000-8000-000000000001', 'cus_1');
create function pg_temp.send(p_id text, p_type text, p_object jsonb, p_at timestamptz default now(), p_previous jsonb default null) returns text language sql as $$
  select e.status || coalesce(' ' || e.waiting_for, '') || coalesce(' ' || case when e.status = 'failed' then e.error end, '')
  from private.record_webhook_event('stripe', jsonb_build_object(
    'id', p_id, 'object', 'event', 'type', p_type, 'created', extract(epoch from p_at)::bigint,
    'data', jsonb_strip_nulls(jsonb_build_object('object', p_object, 'previous_attributes', p_previous))
  )) as e;
$$;
create function pg_temp.method(p_id text, p_customer text) returns jsonb language sql as $$
  select jsonb_build_object('id', p_id, 'object', 'payment_method', 'type', 'card', 'customer', p_customer, 'created', extract(epoch from now() - interval '1 hour')::bigint + ascii(right(p_id, 1)));
$$;
create function pg_temp.intent(p_id text, p_checkout uuid, p_status text, p_amount integer, p_more jsonb default '{}') returns jsonb language sql as $$
  select jsonb_build_object(
    'id', p_id, 'object', 'payment_intent', 'status', p_status, 'amount', p_amount, 'amount_received', p_amount,
    'currency', 'usd', 'customer', 'cus_1', 'latest_charge', 'ch_' || p_id,
    'metadata', jsonb_build_object('checkout_id', p_checkout, 'user_id', 'aaaaaaaa-0000-4000-8000-000000000001', 'top_up', 'true')
  ) || p_more;
$$;
create function pg_temp.card() returns text language sql as $$
  select private.saved_payment_method('aaaaaaaa-0000-4000-8000-000000000001');
$$;
create function pg_temp.open_top_up() returns uuid language sql as $$
  select t.id from public.top_ups as t where t.status = 'open';
$$;

-- Cards come and go, in any order.
select is(pg_temp.send('evt_1', 'payment_method.attached', pg_temp.method('pm_1', 'cus_1')), 'applied', 'a card is saved');
select is(pg_temp.card(), 'pm_1', 'and is the one to charge');
select pg_temp.send('evt_3', 'payment_method.detached', pg_temp.method('pm_2', null), now() + interval '2 seconds', '{"customer": "cus_1"}');
select is(pg_temp.send('evt_2', 'payment_method.attached', pg_temp.method('pm_2', 'cus_1'), now() + interval '1 second'), 'applied', 'one that was taken off');
select is(pg_temp.card(), 'pm_1', 'is not, though told in the other order');
select pg_temp.send('evt_4', 'payment_method.attached', pg_temp.method('pm_3', 'cus_1'));
select is(pg_temp.card(), 'pm_3', 'the newest');
select pg_temp.send('evt_5', 'customer.updated', '{"id": "cus_1", "object": "customer", "invoice_settings": {"default_payment_method": "pm_1"}}');
select is(pg_temp.card(), 'pm_1', 'or the customer''s default');
select is(pg_temp.send('evt_6', 'payment_method.attached', pg_temp.method('pm_9', 'cus_of_nobody')), 'applied', 'a card of somebody unknown');
select is(pg_temp.card(), 'pm_1', 'is not theirs');

select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select public.set_auto_top_up(true, 50, (select p.id from public.credit_packages as p where p.code = 'starter'), 5000);
select tests.clear_authentication();
select private.spend_credits('aaaaaaaa-0000-4000-8000-000000000001', 50);
select is(private.handle_crossing('aaaaaaaa-0000-4000-8000-000000000001'), 'requested', 'a top-up');
-- The worker died between Stripe's answer and ours: the webhook settles it.
create temporary table first as select pg_temp.open_top_up() as id;
select is(pg_temp.send('evt_10', 'payment_intent.succeeded', pg_temp.intent('pi_1', (select id from first), 'succeeded', 999)), 'applied', 'its payment');
select results_eq(
  'select t.status, c.status, a.balance from public.top_ups as t join public.checkouts as c on c.id = t.id join public.credit_accounts as a on a.user_id = t.user_id',
  $$values ('paid', 'paid', 110)$$, 'grants what was offered'
);
select is(pg_temp.send('evt_11', 'payment_intent.succeeded', pg_temp.intent('pi_1', (select id from first), 'succeeded', 999)), 'applied', 'told again');
select is((select a.balance from public.credit_accounts as a), 110, 'it grants once');
select matches(
  pg_temp.send('evt_12', 'payment_intent.succeeded', pg_temp.intent('pi_2', (select id from first), 'succeeded', 999)),
  '^failed checkout_already_paid', 'a second payment for it is an admin''s matter'
);
select pg_temp.send('evt_13', 'charge.refunded', '{"id": "ch_pi_1", "object": "charge", "status": "succeeded", "customer": "cus_1", "payment_intent": "pi_1", "amount": 999, "amount_refunded": 999}');
select is((select a.balance from public.credit_accounts as a), 10, 'a refund takes it back');

select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 60, 'bonus');
select private.spend_credits('aaaaaaaa-0000-4000-8000-000000000001', 60);
select private.handle_crossing('aaaaaaaa-0000-4000-8000-000000000001');
select is(
  pg_temp.send('evt_20', 'payment_intent.payment_failed', pg_temp.intent('pi_3', pg_temp.open_top_up(), 'requires_payment_method', 999, '{"last_payment_error": {"code": "card_declined", "decline_code": "lost_card"}}')),
  'applied', 'one that is declined'
);
select results_eq(
  'select declined_payment_method, decline_code from public.auto_top_ups', $$values ('pm_1', 'lost_card')$$, 'opens the breaker'
);
select pg_temp.send('evt_21', 'payment_method.attached', pg_temp.method('pm_4', 'cus_1') || jsonb_build_object('created', extract(epoch from now())::bigint + 1));
select isnt_empty('select 1 from public.auto_top_ups where look_again_at <= now()', 'another card is looked at');
select is(
  private.saved_payment_method(s.user_id, s.declined_at), 'pm_4', 'and charged, though the default is still the declined one'
)
from public.auto_top_ups as s;
-- Which is declined in its turn.
update public.auto_top_ups set declined_payment_method = 'pm_4', declined_at = '2030-01-01 00:00Z';
select is(private.request_top_up(s, now()), 'card', 'no other card comes back') from public.auto_top_ups as s;
select pg_temp.send('evt_22', 'customer.updated', '{"id": "cus_1", "object": "customer", "invoice_settings": {"default_payment_method": "pm_4"}}', now() + interval '1 minute');
select isnt((select s.declined_at from public.auto_top_ups as s), null, 'the declined one as the default is no change');
select pg_temp.send('evt_23', 'customer.updated', '{"id": "cus_1", "object": "customer", "invoice_settings": {"default_payment_method": "pm_3"}}', now() + interval '2 minutes');
select is((select s.declined_at from public.auto_top_ups as s), null, 'another one is');

select * from finish();
rollback;
