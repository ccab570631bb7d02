begin;
select plan(5);

select tests.ann_subscribes();
select results_eq(
  'select transaction_type, amount, cause_type, cause_id, idempotency_key, expires_at from public.credit_transactions',
  $$ values ('monthly_reset', 100, 'stripe_invoice', 'in_1', 'stripe:invoice:in_1', date_trunc('second', now() + interval '1 month')) $$,
  'of its plan, until its end'
);
select results_eq(
  'select source, external_id, subscription_id, amount, currency, credits, lot_seq from public.payments',
  $$ values ('stripe', 'in_1', 'sub_1', 1000, 'usd', 100, 1::bigint) $$, 'it is a payment'
);
select tests.tell('invoice.payment_succeeded', tests.invoice(
  jsonb_build_array(tests.line('price_basic', 1000, now(), now() + interval '1 month'))
));
select results_eq('select balance from tests.ann_credits()', $$ values (100) $$, 'under another event it grants nothing more');
select tests.tell('invoice.finalized', tests.invoice(
  jsonb_build_array(tests.line('price_basic', 1000, now(), now() + interval '1 month')), '{"status": "open"}', 'in_2'
));
select results_eq('select balance from tests.ann_credits()', $$ values (100) $$, 'nor does one that is not paid');
select is_empty('select * from private.audit_credits()', 'the books add up');

select * from finish();
rollback;
