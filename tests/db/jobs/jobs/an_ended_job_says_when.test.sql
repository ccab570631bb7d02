begin;
select plan(2);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
insert into public.job_types (type) values ('test.work');
insert into public.jobs (user_id, type, deadline, due_at)
values ('aaaaaaaa-0000-4000-8000-000000000001', 'test.work', now(), now());

select throws_ok(c.statement, '23514', null, c.what)
from (
  values
    ('an end of one that waits', 'update public.jobs set finished_at = now(), due_at = null'),
    ('no time of one that ended', 'update public.jobs set status = ''failed''')
) as c (what, statement);

select * from finish();
rollback;
