begin;
select plan(4);

select tests.ann_subscribes(false);
select is(tests.tell('invoice_payment.paid', '{
  "id": "inpay_1", "invoice": "in_1", "status": "paid", "payment": {"type": "payment_intent", "payment_intent": "pi_1"}
}'), 'waiting', 'before its invoice');
select is(tests.tell('invoice_payment.created', '{
  "id": "inpay_2", "invoice": "in_2", "status": "open", "payment": {"type": "payment_intent", "payment_intent": "pi_2"}
}'), 'applied', 'one that has not paid waits for nothing');
select tests.tell('invoice.paid', tests.invoice(
  jsonb_build_array(tests.line('price_basic', 1000, now(), now() + interval '1 month'))
));
select results_eq('select distinct s from tests.retry_events() as s', $$ values ('applied') $$, 'it is applied then');
select is((private.payment_of('stripe', array['pi_1'])).external_id, 'in_1', 'and tells the payment''s other name');

select * from finish();
rollback;
