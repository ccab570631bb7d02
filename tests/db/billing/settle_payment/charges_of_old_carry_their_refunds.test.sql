begin;
select plan(3);

select tests.ann_subscribes();
select tests.tell('charge.refunded', tests.charge(300, p_more => jsonb_build_object(
  'invoice', 'in_1', 'refunds', jsonb_build_object('data', jsonb_build_array(
    tests.refund('re_1', 100) - 'payment_intent', tests.refund('re_2', 200) - 'payment_intent'
  ))
)));
select results_eq('select * from tests.ann_credits()', $$ values (70, 0, 0) $$, 'it takes their share');
select results_eq('select id, amount from public.refunds order by id', $$ values ('re_1', 100), ('re_2', 200) $$, 'and mirrors them');
select tests.tell('charge.refund.updated', tests.refund('re_2', 200, 'failed') - 'payment_intent', now() + interval '1 second');
select results_eq('select * from tests.ann_credits()', $$ values (90, 0, 0) $$, 'one that failed is told by itself');

select * from finish();
rollback;
