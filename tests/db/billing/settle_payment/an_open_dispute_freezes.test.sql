begin;
select plan(7);

select tests.ann_subscribes();
select private.spend_credits('aaaaaaaa-0000-4000-8000-000000000001', 30);
select tests.tell('charge.dispute.created', tests.dispute('needs_response'));
select results_eq('select * from tests.ann_credits()', $$ values (0, 70, 0) $$, 'what is left of its credits');
select results_eq('select is_disputed from public.payments', $$ values (true) $$, 'the payment knows');
select throws_ok(
  $$ select private.spend_credits('aaaaaaaa-0000-4000-8000-000000000001', 1) $$, 'PT402', 'insufficient_credits', 'nothing draws from it'
);
select tests.tell('charge.dispute.updated', tests.dispute('under_review'), now() + interval '1 second');
select tests.tell('charge.dispute.closed', tests.dispute('won'), now() + interval '2 seconds');
select results_eq('select * from tests.ann_credits()', $$ values (70, 0, 0) $$, 'won, they are free again');
select tests.tell('charge.dispute.updated', tests.dispute('under_review'), now() + interval '3 seconds');
select results_eq('select * from tests.ann_credits()', $$ values (70, 0, 0) $$, 'a late word of before freezes no more');
select results_eq(
  'select id, payment_id, amount, currency, status, reason from public.disputes', $$ values ('dp_1', 'in_1', 1000, 'usd', 'won', 'general') $$, 'it is mirrored'
);
select is_empty('select * from private.audit_credits()', 'the books add up');

select * from finish();
rollback;
