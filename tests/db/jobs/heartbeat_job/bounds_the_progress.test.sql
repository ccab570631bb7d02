begin;
select plan(4);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
insert into public.job_types (type) values ('test.work');
insert into public.metered_operations (operation, credits) values ('test.work', 5);
update public.metered_operations set credits = 0 where operation = 'test.work';
select private.request_jobs(array[
  row('aaaaaaaa-0000-4000-8000-000000000001', 'test.work', gen_random_uuid(), '{}', 'test.work', null, 1)
]::private.job_request[]);
select private.claim_jobs('worker-1', 1, array['test.work']);

select throws_ok(
  format('select private.heartbeat_job((select j.id from public.jobs as j), (select j.lock_token from public.jobs as j), %s)', p.n),
  'PT400', 'progress_invalid', 'a progress of ' || p.n
)
from unnest(array[-1, 101]) as p (n);
select is(
  (private.heartbeat_job((select j.id from public.jobs as j), (select j.lock_token from public.jobs as j), 0, now() + interval '1 second')).progress,
  0::smallint, '0 is taken'
);
select is(
  (private.heartbeat_job((select j.id from public.jobs as j), (select j.lock_token from public.jobs as j), 100, now() + interval '2 seconds')).progress,
  100::smallint, 'and 100'
);

select * from finish();
rollback;
