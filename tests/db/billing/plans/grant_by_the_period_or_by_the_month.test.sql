begin;
select plan(1);

select throws_ok(c.statement, c.code, null, c.what)
from (
  values
    ('by the week', '23514', 'update public.plans set grant_interval = ''week''')
) as c (what, code, statement);

select * from finish();
rollback;
