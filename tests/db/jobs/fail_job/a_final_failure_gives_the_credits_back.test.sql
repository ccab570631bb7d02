begin;
select plan(6);

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
  (select j.id from public.jobs as j), (select j.lock_token from public.jobs as j), 'The picture is broken.',
  false
);

select results_eq(
  'select status, error, finished_at, due_at from public.jobs',
  $$ values ('failed', 'The picture is broken.', now(), null::timestamptz) $$, 'the job says why'
);
select results_eq('select balance, held from public.credit_accounts', 'values (10, 0)', 'the credits are back');
select is((select h.status from public.credit_holds as h), 'released', 'the hold is released');
select results_eq('select queued, running from private.job_lanes', 'values (0, 0)', 'its slot is free');
select is((select count(*) from public.credit_transactions), 1::bigint, 'nothing was posted');
select is_empty('select * from private.audit_credits()', 'the books add up');

select * from finish();
rollback;
