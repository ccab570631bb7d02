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
select private.snooze_job(
  (select j.id from public.jobs as j), (select j.lock_token from public.jobs as j), now() + interval '1 minute'
);

select results_eq(
  'select status, attempts, run_at, lock_token from public.jobs',
  $$ values ('queued', 0, now() + interval '1 minute', null::uuid) $$,
  'it is queued, and the claim did not count'
);
select results_eq('select queued, running from private.job_lanes', 'values (1, 0)', 'its slot is free');
select is_empty('select 1 from public.job_attempts', 'it was no attempt');
select is_empty(
  $$ select 1 from private.claim_jobs('worker-1', 1, array['test.work']) $$, 'not before its time'
);
select is(
  (private.claim_jobs('worker-1', 1, array['test.work'], now() + interval '1 minute')).attempts, 1,
  'then it begins'
);

select * from finish();
rollback;
