begin;
select plan(3);

select tests.ann_subscribes(false, 30);
select tests.tell('invoice.paid', tests.invoice(
  jsonb_build_array(tests.line('price_basic', 1000, now() - interval '3 months', now() - interval '2 months'))
));
select results_eq(
  'select transaction_type, amount from public.credit_transactions order by seq',
  $$ values ('monthly_reset', 100), ('expiration', -70), ('expiration', -30) $$, 'with what it carried over for a month'
);
select tests.tell('invoice.paid', tests.invoice(
  jsonb_build_array(tests.line('price_basic', 1000, now() - interval '2 months', now() - interval '1 day')), p_id => 'in_2'
));
select results_eq('select balance from tests.ann_credits()', $$ values (30) $$, 'a later one still carries its part');
select is_empty('select * from private.audit_credits()', 'the books add up');

select * from finish();
rollback;
