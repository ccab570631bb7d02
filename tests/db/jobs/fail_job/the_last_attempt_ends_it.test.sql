begin;
select plan(4);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
insert into public.job_types (type, max_attempts) values ('test.work', 2);
insert into public.metered_operations (operation, credits) values ('test.work', 5);
select private.request_jobs(array[
  row('aaaaaaaa-0000-4000-8000-000000000001', 'test.work', gen_random_uuid(), '{}', 'test.work', null, 1)
]::private.job_request[]);
select private.claim_jobs('worker-1', 1, array['test.work']);
select private.fail_job(
  (select j.id from public.jobs as j), (select j.lock_token from public.jobs as j), 'Busy.', true, interval '0'
);
select is((select j.status from public.jobs as j), 'queued', 'the first of two is retried');
select private.claim_jobs('worker-1', 1, array['test.work']);
select private.fail_job(
  (select j.id from public.jobs as j), (select j.lock_token from public.jobs as j), 'Busy again.', true,
  interval '0'
);
select results_eq(
  'select status, attempts, error from public.jobs', $$ values ('failed', 2, 'Busy again.') $$,
  'the second is not'
);
select results_eq('select balance, held from public.credit_accounts', 'values (10, 0)', 'the credits are back');
select results_eq(
  'select attempt, outcome, error from public.job_attempts order by attempt',
  $$ values (1, 'failed', 'Busy.'), (2, 'failed', 'Busy again.') $$, 'both attempts are kept'
);

select * from finish();
rollback;
