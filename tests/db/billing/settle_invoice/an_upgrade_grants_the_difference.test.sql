begin;
select plan(4);

select tests.ann_subscribes();
select tests.sell_plan('pro', 300, 3000);
create function pg_temp.month() returns interval language sql as $$
  select now() + interval '1 month' - now();
$$;
-- Half of a month is left.
select tests.tell('invoice.paid', tests.invoice(jsonb_build_array(
  tests.line('price_basic', -500, now() + pg_temp.month() / 2, now() + interval '1 month', true),
  tests.line('price_pro', 1500, now() + pg_temp.month() / 2, now() + interval '1 month', true)
), p_id => 'in_2'));
select results_eq(
  $$ select l.granted, l.expires_at from public.credit_lots as l where l.cause_id = 'in_2' $$,
  $$ values (100, date_trunc('second', now() + interval '1 month')) $$, 'half of 300 less half of 100, until the month''s end'
);
-- And back.
select tests.tell('invoice.paid', tests.invoice(jsonb_build_array(
  tests.line('price_pro', -1500, now() + pg_temp.month() / 2, now() + interval '1 month', true),
  tests.line('price_basic', 500, now() + pg_temp.month() / 2, now() + interval '1 month', true)
), '{"amount_paid": 0}', 'in_3'));
select results_eq('select balance from tests.ann_credits()', $$ values (200) $$, 'an immediate downgrade takes nothing back');
select results_eq(
  $$ select credits, amount from public.payments where external_id = 'in_3' $$, $$ values (0, 0) $$, 'it is a payment of nothing'
);
-- Prorations of last month together with the next one.
select tests.tell('invoice.paid', tests.invoice(jsonb_build_array(
  tests.line('price_basic', -500, now() + pg_temp.month() / 2, now() + interval '1 month', true),
  tests.line('price_pro', 1500, now() + pg_temp.month() / 2, now() + interval '1 month', true),
  tests.line('price_pro', 3000, now() + interval '1 month', now() + interval '2 months')
), p_id => 'in_4'));
select results_eq(
  $$ select l.granted, l.expires_at from public.credit_lots as l where l.cause_id = 'in_4' $$,
  $$ values (400, date_trunc('second', now() + interval '2 months')) $$, 'are one lot with it'
);

select * from finish();
rollback;
