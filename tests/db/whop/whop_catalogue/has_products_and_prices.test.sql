begin;
select plan(1);

select throws_ok(c.statement, c.code, null, c.what)
from (
  values
    (
      'a person', '23514',
      'insert into private.whop_catalogue (type, id, facts, told_at) values (''person'', ''user_1'', ''{}'', now())'
    )
) as c (what, code, statement);

select * from finish();
rollback;
