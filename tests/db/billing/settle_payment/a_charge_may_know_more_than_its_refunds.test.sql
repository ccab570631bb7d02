begin;
select plan(3);

select tests.ann_subscribes();
select tests.tell('charge.refunded', tests.charge(600));
select results_eq('select * from tests.ann_credits()', $$ values (40, 0, 0) $$, 'the charge alone says how much');
select tests.tell('refund.failed', tests.refund('re_1', 100, 'failed'));
select results_eq('select * from tests.ann_credits()', $$ values (50, 0, 0) $$, 'a refund that failed is not in it');
select tests.tell('refund.created', tests.refund('re_2', 500));
select results_eq('select * from tests.ann_credits()', $$ values (50, 0, 0) $$, 'nor counted twice when the rest is known');

select * from finish();
rollback;
