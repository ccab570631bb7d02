begin;
select plan(2);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
insert into public.job_types (type) values ('test.work');
select private.request_jobs(array[
  row('aaaaaaaa-0000-4000-8000-000000000001', 'test.work', gen_random_uuid(), '{}', null, null, 1)
]::private.job_request[]);
-- The lane lost count: ending the job breaks its check.
update private.job_lanes set queued = 0;

select private.reap_job(j.id, now() + interval '2 hours') from public.jobs as j;
select is(
  (select j.due_at from public.jobs as j), now() + interval '2 hours 1 minute', 'it is looked at again later'
);
select isnt_empty('select 1 from private.handler_errors', 'and an operator can see why');

select * from finish();
rollback;
