begin;
select plan(7);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
insert into public.job_types (type) values ('test.work');
insert into public.metered_operations (operation, credits) values ('test.work', 5);
select private.request_jobs(array[
  row('aaaaaaaa-0000-4000-8000-000000000001', 'test.work', gen_random_uuid(), '{}', 'test.work', null, 1)
]::private.job_request[]);
select private.claim_jobs('worker-1', 1, array['test.work']);
select private.complete_job(
  (select j.id from public.jobs as j), (select j.lock_token from public.jobs as j), '{"k": 1}',
  now() + interval '5 seconds'
);

select results_eq(
  'select status, result, progress, error, lock_token, lease_expires_at, due_at, finished_at from public.jobs',
  $$
    values ('completed', '{"k": 1}'::jsonb, 100::smallint, null::text, null::uuid, null::timestamptz,
      null::timestamptz, now() + interval '5 seconds')
  $$,
  'the job ended'
);
select results_eq(
  'select status, captured from public.credit_holds', $$ values ('captured', 5) $$, 'its hold is captured'
);
select results_eq(
  $$
    select amount, job_id = (select j.id
    from public.jobs as j), hold_id is not null from public.credit_transactions where operation = 'capture'
  $$,
  'values (-5, true, true)', 'the transaction names both'
);
select results_eq('select balance, held from public.credit_accounts', 'values (5, 0)', 'the price is spent');
select results_eq('select queued, running from private.job_lanes', 'values (0, 0)', 'its slot is free');
select results_eq(
  'select attempt, worker, outcome, error from public.job_attempts',
  $$ values (1, 'worker-1', 'completed', null::text) $$, 'the attempt is kept'
);
select is_empty('select * from private.audit_credits()', 'the books add up');

select * from finish();
rollback;
