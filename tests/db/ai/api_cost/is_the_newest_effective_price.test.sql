begin;
select plan(5);

insert into public.api_costs (api_provider, operation_type, cost_per_operation, effective_date, is_active)
values
  ('p', 'o', 1, '2026-01-01', true), ('p', 'o', 2, '2026-02-01', true), ('p', 'o', 3, '2026-03-01', false),
  ('p', 'o', 4, '2026-04-01', true);

select is(private.api_cost('p', 'o', '2025-12-31'), null, 'none yet');
select is(private.api_cost('p', 'o', '2026-01-31'), 1.0000, 'the first');
select is(private.api_cost('p', 'o', '2026-02-01'), 2.0000, 'from its day on');
select is(private.api_cost('p', 'o', '2026-03-15'), 2.0000, 'not one that is not active');
select is(private.api_cost('p', 'x', '2026-03-15'), null, 'no price of what is unknown');

select * from finish();
rollback;
