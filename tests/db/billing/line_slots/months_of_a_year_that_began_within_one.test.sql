begin;
select plan(3);

select tests.sell_plan('year', 100, 12000, 'year', 'month');
create function pg_temp.slots(p_start text, p_end text, p_amount integer default 100, p_proration boolean default true)
returns table (due timestamptz, ends timestamptz, credits numeric) language sql as $$
  select s.due_at, s.expires_at, round(s.credits, 2)
  from private.line_slots(row('price_year', 1, p_amount, p_proration, p_start::timestamptz, p_end::timestamptz)::private.invoice_line) as s
  order by s.due_at;
$$;
select results_eq(
  $$ select * from pg_temp.slots('2026-03-16 12:00Z', '2026-06-01 00:00Z') $$,
  $$ values
    ('2026-03-16 12:00Z'::timestamptz, '2026-04-01 00:00Z'::timestamptz, 50.00),
    ('2026-04-01 00:00Z', '2026-05-01 00:00Z', 100.00), ('2026-05-01 00:00Z', '2026-06-01 00:00Z', 100.00)
  $$, 'a proration starts with part of one'
);
select results_eq(
  $$ select min(credits), count(*) from pg_temp.slots('2026-03-16 12:00Z', '2026-06-01 00:00Z', -100) $$,
  $$ values (-100.00, 3::bigint) $$, 'what is credited counts against'
);
select results_eq(
  $$ select count(*), sum(credits) from pg_temp.slots('2025-08-31 00:00Z', '2026-08-31 00:00Z', 100, false) $$,
  $$ values (12::bigint, 1200.00) $$, 'a year has twelve, whatever its days'
);

select * from finish();
rollback;
