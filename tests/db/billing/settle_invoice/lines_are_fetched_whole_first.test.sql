begin;
select plan(8);

select tests.ann_subscribes(false);
select tests.sell_plan('pro', 300, 3000);
create function pg_temp.invoice(p_more jsonb) returns jsonb language sql as $$
  select jsonb_set(tests.invoice(jsonb_build_array(
    tests.line('price_basic', 1000, now(), now() + interval '1 month')
  )), '{lines}', p_more || jsonb_build_object('data', jsonb_build_array(tests.line('price_basic', 1000, now(), now() + interval '1 month'))));
$$;
select is(tests.tell('invoice.paid', pg_temp.invoice('{"has_more": true}'), now() - interval '1 hour'), 'waiting', 'part of a list of lines');
select is_empty('select * from public.payments', 'grants nothing yet');
select results_eq('select type, id from private.stale_billing_objects()', $$ values ('invoice', 'in_1') $$, 'it is to be fetched');
select is(private.record_fetched_object('stripe', jsonb_set(
  pg_temp.invoice('{"has_more": false}'), '{lines,data}', jsonb_build_array(
    tests.line('price_basic', 1000, now(), now() + interval '1 month'),
    tests.line('price_pro', 3000, now(), now() + interval '1 month')
  )
)), 'applied', 'whole');
select results_eq('select balance from tests.ann_credits()', $$ values (400) $$, 'it grants all of it');
select is(tests.tell('invoice.updated', pg_temp.invoice('{"has_more": true}'), now()), 'applied', 'a later part changes nothing');
select results_eq('select balance from tests.ann_credits()', $$ values (400) $$, 'of that');
select is_empty($$ select * from private.stale_billing_objects(10, now() + interval '1 day') $$, 'nor is it fetched again');

select * from finish();
rollback;
