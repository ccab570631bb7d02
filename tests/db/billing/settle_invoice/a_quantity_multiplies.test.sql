begin;
select plan(1);

select tests.ann_subscribes(false);
select tests.tell('invoice.paid', tests.invoice(
  jsonb_build_array(tests.line('price_basic', 3000, now(), now() + interval '1 month', p_quantity => 3))
));
select results_eq('select balance from tests.ann_credits()', $$ values (300) $$, 'three seats, three times the credits');

select * from finish();
rollback;
