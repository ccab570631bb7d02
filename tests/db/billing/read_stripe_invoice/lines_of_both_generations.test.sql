begin;
select plan(4);

create function pg_temp.lines(p_line jsonb) returns setof private.invoice_line language sql as $$
  select unnest((private.read_stripe_invoice(jsonb_build_object('lines', jsonb_build_object('data', jsonb_build_array(
    p_line || '{"amount": -500, "quantity": 2, "period": {"start": 10, "end": 20}}'
  )))))."lines");
$$;
select results_eq(
  $$ select * from pg_temp.lines('{"price": {"id": "price_1"}, "proration": true}') $$,
  $$ values ('price_1', 2, -500::bigint, true, to_timestamp(10), to_timestamp(20)) $$, 'a proration before 2025-03-31'
);
select results_eq(
  $$ select price_id, is_proration from pg_temp.lines('{"pricing": {"price_details": {"price": "price_1"}}, "parent": {"invoice_item_details": {"proration": true}}}') $$,
  $$ values ('price_1', true) $$, 'since, of an invoice item'
);
select results_eq(
  $$ select price_id, is_proration from pg_temp.lines('{"pricing": {"price_details": {"price": {"id": "price_1"}}}, "parent": {"subscription_item_details": {"proration": true}}}') $$,
  $$ values ('price_1', true) $$, 'or of a subscription''s item, its price expanded'
);
select results_eq(
  $$ select price_id, is_proration from pg_temp.lines('{"plan": {"id": "plan_1"}}') $$, $$ values ('plan_1', false) $$, 'a plan of old'
);

select * from finish();
rollback;
