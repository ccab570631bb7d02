begin;
select plan(1);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
insert into public.job_types (type) values ('test.work');
insert into public.jobs (id, user_id, type, deadline, due_at)
values ('11111111-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'test.work', now(), now());

select throws_ok(c.statement, '23514', null, c.what)
from (
  values
    ('another outcome', 'insert into public.job_attempts (job_id, attempt, user_id, outcome) values (''11111111-0000-4000-8000-000000000001'', 1, ''aaaaaaaa-0000-4000-8000-000000000001'', ''lost'')')
) as c (what, statement);

select * from finish();
rollback;
