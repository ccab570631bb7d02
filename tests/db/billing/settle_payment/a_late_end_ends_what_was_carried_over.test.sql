begin;
select plan(3);

select tests.ann_subscribes(false, 30);
select tests.tell('invoice.paid', tests.invoice(
  jsonb_build_array(tests.line('price_basic', 1000, now() - interval '2 months', now() - interval '3 days'))
));
select results_eq('select balance from tests.ann_credits()', $$ values (30) $$, 'carried over at the end of the period');
select tests.tell('customer.subscription.deleted', tests.subscription(
  'price_basic', now(), now(), jsonb_build_object('status', 'canceled', 'ended_at', tests.unix(now() - interval '3 days'))
));
select results_eq('select balance from tests.ann_credits()', $$ values (0) $$, 'but the subscription had ended with it');
select is_empty('select * from private.audit_credits()', 'the books add up');

select * from finish();
rollback;
