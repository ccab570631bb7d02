begin;
select plan(10);

select throws_ok(
  format('insert into public.job_types (type, %I) values (''test.work'', %L)', b.name, b.value), '23514', null,
  b.name || ' ' || b.value
)
from (
  values
    ('max_attempts', '0'), ('max_attempts', '101'), ('max_running', '0'), ('max_running_per_user', '0'),
    ('max_queued_per_user', '0'), ('lease', '0'), ('lease', '2 hours'), ('backoff', '0'), ('max_backoff', '1 second'),
    ('deadline', '0')
) as b (name, value);

select * from finish();
rollback;
