begin;
select plan(2);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
insert into public.job_types (type) values ('test.work');
insert into public.metered_operations (operation, credits) values ('test.work', 5);
select private.request_jobs(array[
  row('aaaaaaaa-0000-4000-8000-000000000001', 'test.work', gen_random_uuid(), '{}', 'test.work', null, 1)
]::private.job_request[]);
select private.claim_jobs('worker-1', 1, array['test.work']);
select private.fail_job(
  (select j.id from public.jobs as j), (select j.lock_token from public.jobs as j), 'Busy.', true, interval '0'
);
select private.claim_jobs('worker-2', 1, array['test.work']);
select private.reap_job((select j.id from public.jobs as j), now() + interval '30 seconds');
select private.claim_jobs('worker-3', 1, array['test.work'], now() + interval '30 seconds');
select private.complete_job((select j.id from public.jobs as j), (select j.lock_token from public.jobs as j));

select results_eq(
  'select attempt, worker, outcome, error from public.job_attempts order by attempt',
  $$
    values (1, 'worker-1', 'failed', 'Busy.'), (2, 'worker-2', 'lease_expired', 'The work was interrupted.'),
      (3, 'worker-3', 'completed', null)
  $$,
  'who ran it and how that ended'
);
select is((select j.error from public.jobs as j), null, 'a job that succeeded shows no error');

select * from finish();
rollback;
