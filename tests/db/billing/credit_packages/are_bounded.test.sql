begin;
select plan(4);

select throws_ok(c.statement, '23514', null, c.what)
from (
  values
    ('no credits', 'update public.credit_packages set credits = 0 where code = ''starter'''),
    ('credits over a billion', 'update public.credit_packages set credits = 1000000001 where code = ''starter'''),
    ('a negative price', 'update public.credit_packages set unit_amount = -1 where code = ''starter'''),
    ('a currency in capitals', 'update public.credit_packages set currency = ''USD'' where code = ''starter''')
) as c (what, statement);

select * from finish();
rollback;
