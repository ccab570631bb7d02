begin;
select plan(5);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 20, 'bonus');
insert into public.job_types (type, max_running_per_user) values ('test.work', 1);
insert into public.metered_operations (operation, credits) values ('test.work', 5);
select private.request_jobs(array[
  row('aaaaaaaa-0000-4000-8000-000000000001', 'test.work', gen_random_uuid(), '{}', 'test.work', null, 1)
]::private.job_request[]);
select private.claim_jobs('worker-1', 1, array['test.work']);
select private.snooze_job(
  (select j.id from public.jobs as j), (select j.lock_token from public.jobs as j), now() + interval '1 minute',
  '{"provider": "p", "external_id": "1", "k": 1}'
);

select results_eq(
  'select status, attempts, run_at, state, lock_token, due_at = deadline from public.jobs',
  $$
    values ('waiting', 1, now() + interval '1 minute', '{"provider": "p", "external_id": "1", "k": 1}'::jsonb,
      null::uuid, true)
  $$,
  'the provider works on it'
);
select results_eq('select queued, running from private.job_lanes', 'values (0, 1)', 'its slot is taken');
create temporary table first as select j.id from public.jobs as j;
select private.request_jobs(array[
  row('aaaaaaaa-0000-4000-8000-000000000001', 'test.work', gen_random_uuid(), '{}', 'test.work', null, 1)
]::private.job_request[]);
select is_empty(
  $$ select 1 from private.claim_jobs('worker-1', 5, array['test.work']) $$, 'nothing else runs, nor it'
);
select results_eq(
  $$
    select id, attempts, status, state -> 'k'
    from private.claim_jobs('worker-1', 5, array['test.work'], now() + interval '1 minute')
  $$,
  $$ select id, 1, 'processing', '1'::jsonb from first $$,
  'then it is looked at, with its state, as the same attempt'
);
select is((select a.held from public.credit_accounts as a), 10, 'its credits stay held');

select * from finish();
rollback;
