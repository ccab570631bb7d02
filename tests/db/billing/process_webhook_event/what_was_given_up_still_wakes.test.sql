begin;
select plan(4);

select tests.ann_subscribes(false);
select private.set_setting('webhook_attempts', '2');
select tests.tell('refund.created', tests.refund('re_1', 250));
select results_eq('select distinct s from tests.retry_events() as s', $$ values ('failed') $$, 'after the last attempt');
select results_eq('select next_attempt_at from public.webhook_events', $$ values (null::timestamptz) $$, 'it is tried no more');
select tests.tell('invoice.paid', tests.invoice(
  jsonb_build_array(tests.line('price_basic', 1000, now(), now() + interval '1 month')), '{"payment_intent": "pi_1"}'
));
select isnt_empty('select private.due_webhook_events()', 'until what it waits for appears');
select tests.retry_events();
select results_eq('select balance from tests.ann_credits()', $$ values (75) $$, 'then it is applied');

select * from finish();
rollback;
