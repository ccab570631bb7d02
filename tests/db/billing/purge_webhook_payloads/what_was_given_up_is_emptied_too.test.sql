-- The customers of another shop on the same account wait for nobody.
begin;
select plan(4);

select private.set_setting('webhook_attempts', '1');
select tests.sell_plan('basic', 100);
select is(
  tests.tell('customer.subscription.created', tests.subscription('price_basic', now(), now() + interval '1 month', '{"customer": "cus_9", "description": "for Zoe"}')),
  'failed', 'nobody knows the customer'
);
select is(tests.tell('charge.succeeded', '{"description": "for Zoe"}'), 'failed', 'nor what this is');
select is(private.purge_webhook_payloads(now() + interval '91 days'), 1, 'what can be applied from its version is emptied; the rest is for an admin');
select tests.create_user('zoe@example.com', p_id => 'cccccccc-0000-4000-8000-000000000003');
select private.attach_customer('cccccccc-0000-4000-8000-000000000003', 'cus_9');
select is(
  (select (private.replay_webhook_event(e.id)).status from public.webhook_events as e where e.purged_at is not null), 'applied',
  'and is, when she appears'
);

select * from finish();
rollback;
