begin;
select plan(7);

select tests.ann_subscribes();
select tests.tell('refund.created', tests.refund('re_1', 250));
select results_eq('select * from tests.ann_credits()', $$ values (75, 0, 0) $$, 'a quarter of the money, a quarter of the credits');
select tests.tell('charge.refunded', tests.charge(250));
select tests.tell('refund.updated', tests.refund('re_1', 250, p_more => '{"receipt_number": "1"}'), now() + interval '1 second');
select results_eq('select * from tests.ann_credits()', $$ values (75, 0, 0) $$, 'the charge and repetitions say the same');
select tests.tell('refund.created', tests.refund('re_2', 333));
select results_eq('select * from tests.ann_credits()', $$ values (42, 0, 0) $$, 'a second adds to the first, and the sum is rounded');
select results_eq(
  $$ select transaction_type, operation, amount, cause_type, cause_id from public.credit_transactions where operation = 'reverse' order by seq $$,
  $$ values ('refund', 'reverse', -25, 'stripe_payment', 'in_1'), ('refund', 'reverse', -33, 'stripe_payment', 'in_1') $$, 'each is in the books'
);
select results_eq(
  'select id, payment_id, amount, currency, status, created_at from public.refunds order by id',
  $$ values ('re_1', 'in_1', 250, 'usd', 'succeeded', to_timestamp(1700000000)), ('re_2', 'in_1', 333, 'usd', 'succeeded', to_timestamp(1700000000)) $$,
  'and mirrored'
);
select results_eq('select amount_refunded from public.payments', $$ values (583) $$, 'the payment knows');
select is_empty('select * from private.audit_credits()', 'the books add up');

select * from finish();
rollback;
