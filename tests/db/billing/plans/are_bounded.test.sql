begin;
select plan(5);

select throws_ok(c.statement, '23514', null, c.what)
from (
  values
    ('a negative price', 'update public.plans set unit_amount = -1 where code = ''free'''),
    ('negative credits', 'update public.plans set credits_per_period = -1 where code = ''free'''),
    ('a negative carry-over', 'update public.plans set rollover_cap = -1 where code = ''free'''),
    ('a negative limit', 'update public.plans set monthly_limit = -1 where code = ''free'''),
    ('a currency in capitals', 'update public.plans set currency = ''USD'' where code = ''free''')
) as c (what, statement);

select * from finish();
rollback;
