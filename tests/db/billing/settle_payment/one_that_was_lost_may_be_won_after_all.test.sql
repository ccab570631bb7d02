begin;
select plan(5);

select tests.ann_subscribes();
select private.spend_credits('aaaaaaaa-0000-4000-8000-000000000001', 30);
select tests.tell('charge.dispute.created', tests.dispute('needs_response', 600));
select tests.tell('charge.dispute.closed', tests.dispute('lost', 600), now() + interval '1 second');
select results_eq('select * from tests.ann_credits()', $$ values (10, 0, 0) $$, 'lost, its share is taken');
select tests.tell('refund.created', tests.refund('re_1', 400), now() + interval '2 seconds');
select results_eq('select * from tests.ann_credits()', $$ values (0, 0, 30) $$, 'the rest is refunded: what was spent is owed');
select tests.tell('charge.dispute.closed', tests.dispute('won', 600), now() + interval '3 seconds');
select results_eq('select * from tests.ann_credits()', $$ values (30, 0, 0) $$, 'won after all, it comes back, to the debt first');
select results_eq(
  $$ select transaction_type, sum(amount) from public.credit_transactions group by 1 order by 1 $$,
  $$ values ('chargeback', 0::bigint), ('monthly_reset', 100), ('refund', -40), ('usage', -30) $$, 'the books say so'
);
select is_empty('select * from private.audit_credits()', 'and add up');

select * from finish();
rollback;
