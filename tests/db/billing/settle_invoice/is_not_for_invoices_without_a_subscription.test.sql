begin;
select plan(3);

select tests.ann_subscribes(false);
select is(tests.tell('invoice.paid', tests.invoice(
  jsonb_build_array(tests.line('price_basic', 1000, now(), now() + interval '1 month')), '{"parent": null}'
)), 'applied', 'an invoice somebody wrote by hand');
select isnt_empty('select * from public.invoices', 'is shown');
select is_empty('select * from public.payments', 'and grants nothing');

select * from finish();
rollback;
