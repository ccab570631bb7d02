begin;
select plan(5);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
insert into public.job_types (type, max_attempts) values ('test.work', 2);
insert into public.metered_operations (operation, credits) values ('test.work', 5);
select private.request_jobs(array[
  row('aaaaaaaa-0000-4000-8000-000000000001', 'test.work', gen_random_uuid(), '{}', 'test.work', null, 1)
]::private.job_request[]);
select private.claim_jobs('worker-1', 1, array['test.work']);
select private.reap_job((select j.id from public.jobs as j), now() + interval '30 seconds');
select private.claim_jobs('worker-2', 1, array['test.work'], now() + interval '30 seconds');
select private.reap_job((select j.id from public.jobs as j), now() + interval '60 seconds');

select results_eq(
  'select status, attempts, error is not null from public.jobs', $$ values ('failed', 2, true) $$,
  'after its last attempt'
);
select results_eq('select balance, held from public.credit_accounts', 'values (10, 0)', 'the credits are back');
select results_eq(
  'select outcome from public.job_attempts order by attempt', $$ values ('lease_expired'), ('lease_expired') $$,
  'both attempts are kept'
);
select results_eq('select queued, running from private.job_lanes', 'values (0, 0)', 'its slot is free');
select is_empty('select * from private.audit_credits()', 'the books add up');

select * from finish();
rollback;
