begin;
select plan(2);

insert into public.api_costs (api_provider, operation_type, cost_per_operation, effective_date) values ('p', 'o', 1, '2026-01-01');

select throws_ok(c.statement, c.code, null, c.what)
from (
  values
    ('a negative cost', '23514', 'update public.api_costs set cost_per_operation = -1'),
    ('two of one day', '23505', 'insert into public.api_costs (api_provider, operation_type, cost_per_operation, effective_date) values (''p'', ''o'', 2, ''2026-01-01'')')
) as c (what, code, statement);

select * from finish();
rollback;
