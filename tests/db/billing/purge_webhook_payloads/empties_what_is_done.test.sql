begin;
select plan(8);

select tests.ann_subscribes();
select tests.tell('refund.created', tests.refund('re_x', 1, p_more => '{"charge": "ch_9", "payment_intent": "pi_9"}'));
select is(private.purge_webhook_payloads(now() + interval '89 days'), 0, 'not before 90 days');
select is(private.purge_webhook_payloads(now() + interval '91 days'), 3, 'then what was applied');
select results_eq(
  'select distinct payload ? ''data'' from public.webhook_events where purged_at is not null', $$ values (false) $$, 'says no more'
);
select results_eq(
  $$ select payload -> 'data' is not null from public.webhook_events where status = 'waiting' $$, $$ values (true) $$, 'what waits is kept'
);
select is(private.purge_webhook_payloads(now() + interval '91 days'), 0, 'once');
select is(
  (select (private.replay_webhook_event(e.id)).status from public.webhook_events as e where e.event_type = 'invoice.paid'), 'applied',
  'a purged event can be replayed: what it said is kept'
);
select results_eq('select balance from tests.ann_credits()', $$ values (100) $$, 'and changes nothing');
select private.set_setting('webhook_payload_days', '0');
select is(private.purge_webhook_payloads(now() + interval '1000 days'), 0, 'a setting of 0 keeps all');

select * from finish();
rollback;
