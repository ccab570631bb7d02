begin;
select plan(4);

insert into public.metered_operations (operation, credits) values ('test.work', 5);

select throws_ok(c.statement, c.code, null, c.what)
from (
  values
    ('a negative price', '23514', 'update public.metered_operations set credits = -1'),
    ('a price above a million', '23514', 'update public.metered_operations set credits = 1000001'),
    ('no number', '23514', 'update public.metered_operations set credits = ''NaN'''),
    ('a second price of one thing', '23505', 'insert into public.metered_operations (operation, credits) values (''test.work'', 1)')
) as c (what, code, statement);

select * from finish();
rollback;
