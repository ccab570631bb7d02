begin;
select plan(2);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
insert into public.job_types (type) values ('test.work');
insert into public.metered_operations (operation, credits) values ('test.work', 0);
select private.request_jobs(array[
  row('aaaaaaaa-0000-4000-8000-000000000001', 'test.work', gen_random_uuid(), '{}', 'test.work', null, 1)
]::private.job_request[]);
update public.job_types set lease = '1 second';
select private.claim_jobs('worker-1', 1, array['test.work']);

select is(
  (private.heartbeat_job(j.id, j.lock_token, 1, now() + interval '250 milliseconds')).lease_expires_at,
  now() + interval '1.25 seconds', 'every quarter of it'
)
from public.jobs as j;
select is(
  (private.heartbeat_job(j.id, j.lock_token, 2, now() + interval '300 milliseconds')).progress, 1::smallint, 'not more often'
)
from public.jobs as j;

select * from finish();
rollback;
