begin;
select plan(3);

select tests.ann_subscribes();
select tests.tell('charge.dispute.created', tests.dispute('warning_needs_response'));
select results_eq('select * from tests.ann_credits()', $$ values (100, 0, 0) $$, 'and no credits');
select tests.tell('charge.dispute.updated', tests.dispute('warning_under_review'), now() + interval '1 second');
select tests.tell('charge.dispute.closed', tests.dispute('warning_closed'), now() + interval '2 seconds');
select results_eq('select * from tests.ann_credits()', $$ values (100, 0, 0) $$, 'until it is closed');
select tests.tell('charge.dispute.updated', tests.dispute('needs_response'), now() + interval '3 seconds');
select results_eq('select * from tests.ann_credits()', $$ values (0, 100, 0) $$, 'one that becomes a dispute freezes');

select * from finish();
rollback;
