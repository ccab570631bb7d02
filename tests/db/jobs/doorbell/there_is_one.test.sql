begin;
select plan(1);

select throws_ok(c.statement, '23514', null, c.what)
from (
  values
    ('another', 'insert into private.doorbell (id) values (false)')
) as c (what, statement);

select * from finish();
rollback;
