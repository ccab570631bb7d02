begin;
select plan(1);

select throws_ok(c.statement, '23514', null, c.what)
from (
  values
    ('no function', 'insert into private.export_handlers (handler) values (''private.no_such_function'')')
) as c (what, statement);

select * from finish();
rollback;
