begin;
select plan(2);

select throws_ok(c.statement, c.code, null, c.what)
from (
  values
    ('one that is not there', '23514', 'insert into private.usage_counters (feature, counter) values (''seats'', ''private.counts_nothing'')'),
    (
      'of one feature twice', '23505',
      'insert into private.usage_counters (feature, counter) select u.feature, u.counter from private.usage_counters as u'
    )
) as c (what, code, statement);

select * from finish();
rollback;
