begin;
select plan(5);

select tests.ann_subscribes(false);
select tests.tell('invoice.paid', tests.invoice(
  jsonb_build_array(tests.line('price_basic', 1000, now() - interval '2 months', now() - interval '1 month')),
  '{"payment_intent": "pi_1"}'
));
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 500, 'bonus');
select tests.tell('refund.created', tests.refund('re_1', 400));
select results_eq('select * from tests.ann_credits()', $$ values (500, 0, 0) $$, 'it is not taken again from other credits');
select results_eq(
  'select t.transaction_type, t.operation, t.amount from public.credit_transactions as t where t.seq > 3 order by t.seq',
  $$ values ('expiration', 'restore', 40), ('refund', 'reverse', -40) $$, 'the books say so'
);
select results_eq(
  $$ select expired, revoked from public.credit_lots where source = 'monthly_reset' $$, $$ values (60, 40) $$, 'and the lot'
);
select tests.tell('refund.failed', tests.refund('re_1', 400, 'failed'), now() + interval '1 second');
select results_eq(
  $$ select expired, revoked from public.credit_lots where source = 'monthly_reset' $$, $$ values (100, 0) $$, 'a refund that failed leaves it expired'
);
select is_empty('select * from private.audit_credits()', 'the books add up');

select * from finish();
rollback;
