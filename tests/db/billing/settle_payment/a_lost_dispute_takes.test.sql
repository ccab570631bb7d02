begin;
select plan(4);

select tests.ann_subscribes();
select private.spend_credits('aaaaaaaa-0000-4000-8000-000000000001', 30);
select tests.tell('charge.dispute.closed', tests.dispute('lost'));
select results_eq('select * from tests.ann_credits()', $$ values (0, 0, 30) $$, 'all, and what was used is owed');
select results_eq(
  $$ select transaction_type, amount from public.credit_transactions where operation = 'reverse' $$,
  $$ values ('chargeback', -100) $$, 'as a chargeback'
);
select results_eq('select amount_lost, is_disputed from public.payments', $$ values (1000, false) $$, 'the payment knows');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 50, 'bonus');
select results_eq('select * from tests.ann_credits()', $$ values (20, 0, 0) $$, 'what comes next repays first');

select * from finish();
rollback;
