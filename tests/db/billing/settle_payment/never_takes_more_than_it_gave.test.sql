begin;
select plan(3);

select tests.ann_subscribes();
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 500, 'bonus');
select tests.tell('refund.created', tests.refund('re_1', 600));
select tests.tell('charge.dispute.closed', tests.dispute('lost', 1000));
select results_eq('select * from tests.ann_credits()', $$ values (500, 0, 0) $$, 'refunded in part and lost in full: once all');
select results_eq(
  $$ select t.transaction_type, sum(t.amount) from public.credit_transactions as t where t.operation = 'reverse' group by 1 order by 1 $$,
  $$ values ('chargeback', -40::bigint), ('refund', -60::bigint) $$, 'each its part'
);
select tests.tell('charge.refunded', tests.charge(5000));
select results_eq('select * from tests.ann_credits()', $$ values (500, 0, 0) $$, 'whatever is said to have gone back');

select * from finish();
rollback;
