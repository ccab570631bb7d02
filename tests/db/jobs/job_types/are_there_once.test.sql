begin;
select plan(1);

insert into public.job_types (type) values ('test.work');

select throws_ok(c.statement, '23505', null, c.what)
from (
  values
    ('a type', 'insert into public.job_types (type) values (''test.work'')')
) as c (what, statement);

select * from finish();
rollback;
