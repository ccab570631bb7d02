begin;
select plan(7);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
insert into public.job_types (type) values ('test.work');
insert into public.metered_operations (operation, credits) values ('test.work', 5);

select throws_ok(
  format(
    'insert into public.jobs (user_id, type, deadline, %s) values (%L, ''test.work'', now(), %s)', s.names, 'aaaaaaaa-0000-4000-8000-000000000001', s.items
  ),
  '23514', null, s.what
)
from (
  values
    ('a running job without a lease', 'status, due_at', $$'processing', now()$$),
    ('a queued job with a lease', 'due_at, lock_token, lease_expires_at', 'now(), gen_random_uuid(), now()'),
    ('an ended job without an end', 'status', $$'failed'$$),
    ('an open job that nobody looks at', 'due_at', 'null'),
    ('an unknown status', 'status, due_at', $$'paused', now()$$),
    ('a progress above 100', 'progress, due_at', '101, now()'),
    ('a negative price', 'price, due_at', '-1, now()')
) as s (what, names, items);

select * from finish();
rollback;
