begin;
select plan(10);

select tests.ann_subscribes(false);
select is(tests.tell('charge.refunded', tests.charge(250)), 'waiting', 'a charge');
select is(tests.tell('refund.created', tests.refund('re_1', 250)), 'waiting', 'a refund');
select is(tests.tell('charge.dispute.closed', tests.dispute('lost', 500) - 'payment_intent'), 'waiting', 'a dispute that names the charge alone');
select results_eq(
  'select waiting_for from public.webhook_events order by 1', $$ values ('payment:ch_1'), ('payment:pi_1'), ('payment:pi_1') $$, 'they say for what'
);
select tests.tell('invoice.paid', tests.invoice(
  jsonb_build_array(tests.line('price_basic', 1000, now(), now() + interval '1 month'))
));
select results_eq('select balance from tests.ann_credits()', $$ values (100) $$, 'the invoice does not say what paid it');
select is_empty('select private.due_webhook_events()', 'so nothing is due');
select is(tests.tell('invoice_payment.paid', '{
  "id": "inpay_1", "invoice": "in_1", "status": "paid", "payment": {"type": "payment_intent", "payment_intent": "pi_1"}
}'), 'applied', 'this does');
select is((select count(*) from private.due_webhook_events()), 2::bigint, 'and wakes those that name the payment intent');
select tests.retry_events() from generate_series(1, 2);
select is_empty($$ select 1 from public.webhook_events where status <> 'applied' $$, 'whose charge leads the third to it');
select results_eq('select balance from tests.ann_credits()', $$ values (25) $$, 'all are taken');

select * from finish();
rollback;
