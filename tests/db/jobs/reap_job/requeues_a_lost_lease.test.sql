begin;
select plan(5);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
insert into public.job_types (type) values ('test.work');
insert into public.metered_operations (operation, credits) values ('test.work', 5);
select private.request_jobs(array[
  row('aaaaaaaa-0000-4000-8000-000000000001', 'test.work', gen_random_uuid(), '{}', 'test.work', null, 1)
]::private.job_request[]);
select private.claim_jobs('worker-1', 1, array['test.work']);
select private.reap_job((select j.id from public.jobs as j), now() + interval '29 seconds');
select is((select j.status from public.jobs as j), 'processing', 'not before the lease ran out');
select private.reap_job((select j.id from public.jobs as j), now() + interval '30 seconds');

select results_eq(
  'select status, run_at, lock_token, attempts from public.jobs',
  $$ values ('queued', now() + interval '30 seconds', null::uuid, 1) $$, 'it runs again at once'
);
select results_eq(
  'select attempt, worker, outcome from public.job_attempts', $$ values (1, 'worker-1', 'lease_expired') $$,
  'the attempt is kept'
);
select is((select a.held from public.credit_accounts as a), 5, 'its credits stay held');
select is(
  (private.claim_jobs('worker-2', 1, array['test.work'], now() + interval '30 seconds')).attempts, 2,
  'as the second attempt'
);

select * from finish();
rollback;
