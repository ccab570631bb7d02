begin;
select plan(3);

select tests.ann_subscribes(false);
select tests.sell_plan('gift', 5, 0);
select tests.tell('invoice.paid', tests.invoice(
  jsonb_build_array(tests.line('price_basic', 0, now(), now() + interval '7 days'))
));
select results_eq('select balance from tests.ann_credits()', $$ values (0) $$, 'nothing is charged for what costs: a trial');
select tests.tell('invoice.paid', tests.invoice(
  jsonb_build_array(tests.line('price_gift', 0, now(), now() + interval '1 month')), p_id => 'in_2'
));
select results_eq('select balance from tests.ann_credits()', $$ values (5) $$, 'nothing is charged for what is free: a period');
select tests.tell('invoice.paid', tests.invoice(
  jsonb_build_array(tests.line('price_basic', 1000, now(), now() + interval '1 month')), '{"amount_paid": 0, "total": 0}', 'in_3'
));
select results_eq('select balance from tests.ann_credits()', $$ values (105) $$, 'a coupon of 100 % pays in full');

select * from finish();
rollback;
