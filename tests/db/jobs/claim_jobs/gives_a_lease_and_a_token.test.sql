begin;
select plan(3);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
insert into public.job_types (type) values ('test.work');
insert into public.metered_operations (operation, credits) values ('test.work', 5);
select private.request_jobs(array[
  row('aaaaaaaa-0000-4000-8000-000000000001', 'test.work', gen_random_uuid(), '{}', 'test.work', null, 1)
]::private.job_request[]);

select results_eq(
  $$
    select status, attempts, worker, lock_token is not null, lease_expires_at, due_at, started_at
    from private.claim_jobs('worker-1', 1, array['test.work'])
  $$,
  $$
    values ('processing', 1, 'worker-1', true, now() + interval '30 seconds', now() + interval '30 seconds', now())
  $$,
  'for as long as the type says'
);
select results_eq(
  'select queued, running from private.job_lanes', 'values (0, 1)', 'the lane counts it as running'
);
select is_empty(
  $$ select * from private.claim_jobs('worker-2', 10, array['test.work']) $$, 'nobody else gets it'
);

select * from finish();
rollback;
