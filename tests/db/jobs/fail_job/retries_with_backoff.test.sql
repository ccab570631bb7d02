begin;
select plan(5);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
insert into public.job_types (type, max_attempts, backoff, max_backoff)
values ('test.work', 5, '10 seconds', '30 seconds');
insert into public.metered_operations (operation, credits) values ('test.work', 5);
select private.request_jobs(array[
  row('aaaaaaaa-0000-4000-8000-000000000001', 'test.work', gen_random_uuid(), '{}', 'test.work', null, 1)
]::private.job_request[]);
select private.claim_jobs('worker-1', 1, array['test.work']);

create temporary table failure (attempt integer, wait interval);
insert into failure
select f.attempts, f.run_at - now() from private.fail_job((select j.id from public.jobs as j), (select j.lock_token from public.jobs as j), 'Busy.') as f;
select private.claim_jobs('worker-1', 1, array['test.work'], now() + interval '1 minute');
insert into failure
select f.attempts, f.run_at - now()
from private.fail_job((select j.id from public.jobs as j), (select j.lock_token from public.jobs as j), 'Busy.', true, null, now() + interval '1 minute') as f;
select private.claim_jobs('worker-1', 1, array['test.work'], now() + interval '2 minutes');
insert into failure
select f.attempts, f.run_at - now()
from private.fail_job((select j.id from public.jobs as j), (select j.lock_token from public.jobs as j), 'Busy.', true, null, now() + interval '2 minutes') as f;

select ok(
  (select f.wait between '5 seconds' and '10 seconds' from failure as f where f.attempt = 1),
  'half to all of 10 s'
);
select ok(
  (select f.wait - interval '1 minute' between '10 seconds' and '20 seconds' from failure as f where f.attempt = 2),
  'then of 20 s'
);
select ok(
  (select f.wait - interval '2 minutes' between '15 seconds' and '30 seconds' from failure as f where f.attempt = 3),
  'then of the most, 30 s'
);
select results_eq(
  'select status, error, lock_token, progress from public.jobs',
  $$ values ('queued', 'Busy.', null::uuid, 0::smallint) $$, 'it waits with the error of its last attempt'
);
select is((select a.held from public.credit_accounts as a), 5, 'its credits stay held');

select * from finish();
rollback;
