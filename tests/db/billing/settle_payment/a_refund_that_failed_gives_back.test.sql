begin;
select plan(7);

select tests.ann_subscribes();
select tests.tell('refund.created', tests.refund('re_1', 500, 'pending'));
select results_eq('select * from tests.ann_credits()', $$ values (50, 0, 0) $$, 'a refund on its way takes already');
select tests.tell('charge.refunded', tests.charge(500));
select tests.tell('refund.failed', tests.refund('re_1', 500, 'failed'), now() + interval '1 second');
select results_eq('select * from tests.ann_credits()', $$ values (100, 0, 0) $$, 'one that failed gives back, though the charge still counts it');
select results_eq(
  'select remaining, revoked from public.credit_lots', $$ values (100, 0) $$, 'into the lot it came from'
);
select tests.tell('charge.updated', tests.charge(0), now() + interval '1 second');
select results_eq('select * from tests.ann_credits()', $$ values (100, 0, 0) $$, 'and when it no longer does');
select tests.tell('refund.updated', tests.refund('re_1', 500, 'succeeded'));
select results_eq('select * from tests.ann_credits()', $$ values (100, 0, 0) $$, 'a success told late does not undo it');
select is((select sum(t.amount) from public.credit_transactions as t where t.transaction_type = 'refund'), 0::bigint, 'the books show both');
select is_empty('select * from private.audit_credits()', 'and add up');

select * from finish();
rollback;
