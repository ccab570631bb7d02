begin;
select plan(10);

select tests.ann_subscribes(false);
create function pg_temp.told(p_type text, p_more jsonb, p_id text default 'in_1') returns text language sql as $$
  select tests.tell(p_type, tests.invoice(
    jsonb_build_array(tests.line('price_basic', 1000, now(), now() + interval '1 month')), '{"amount_paid": 0}'::jsonb || p_more, p_id
  ));
$$;
create function pg_temp.mirror(p_id text default 'in_1') returns text language sql as $$
  select concat_ws(' ', i.status, i.attempt_count, i.amount_paid, i.next_payment_attempt)
  from public.invoices as i where i.external_id = p_id;
$$;

select pg_temp.told('invoice.created', '{"status": "draft"}');
select is(pg_temp.mirror(), 'draft 0 0', 'a draft');
select pg_temp.told('invoice.finalized', '{"status": "open"}');
select is(pg_temp.mirror(), 'open 0 0', 'is finalized, in the same second');
select tests.tell(type, tests.invoice(
  jsonb_build_array(tests.line('price_basic', 1000, now(), now() + interval '1 month')),
  '{"amount_paid": 0, "status": "open", "attempt_count": 1, "next_payment_attempt": 1700000000}'
), now() + interval '1 second') from unnest(array['invoice.payment_failed', 'invoice.payment_action_required', 'invoice.updated']) as type;
select is(pg_temp.mirror(), 'open 1 0 ' || to_timestamp(1700000000), 'an attempt that failed, or that waits for its payer, is one');
select pg_temp.told('invoice.created', '{"status": "draft"}');
select is(pg_temp.mirror(), 'open 1 0 ' || to_timestamp(1700000000), 'a late word of before changes nothing');
select tests.tell('invoice.marked_uncollectible', tests.invoice(
  jsonb_build_array(tests.line('price_basic', 1000, now(), now() + interval '1 month')),
  '{"amount_paid": 0, "status": "uncollectible", "attempt_count": 4}'
), now() + interval '2 seconds');
select is(pg_temp.mirror(), 'uncollectible 4 0', 'it is given up');
select results_eq('select * from tests.ann_credits()', $$ values (0, 0, 0) $$, 'and has granted nothing');
select tests.tell('invoice.paid', tests.invoice(
  jsonb_build_array(tests.line('price_basic', 1000, now(), now() + interval '1 month')), '{"attempt_count": 5}'
), now() + interval '3 seconds');
select is(pg_temp.mirror(), 'paid 5 1000', 'paid after all');
select results_eq('select * from tests.ann_credits()', $$ values (100, 0, 0) $$, 'it grants');

select pg_temp.told('invoice.voided', '{"status": "void"}', 'in_2');
select pg_temp.told('invoice.finalized', '{"status": "open"}', 'in_2');
select is(pg_temp.mirror('in_2'), 'void 0 0', 'one that is void stays so, whatever comes after');
select results_eq('select * from tests.ann_credits()', $$ values (100, 0, 0) $$, 'and grants nothing');

select * from finish();
rollback;
