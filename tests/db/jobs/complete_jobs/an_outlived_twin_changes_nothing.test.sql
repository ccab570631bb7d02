begin;
select plan(2);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
insert into public.job_types (type) values ('test.plain');
select private.request_jobs(
  array[row('aaaaaaaa-0000-4000-8000-000000000001', 'test.plain', gen_random_uuid(), '{}', null, null, 1)]::private.job_request[]
);
create temporary table claim as select * from private.claim_jobs('worker-1', 1, array['test.plain']);

select results_eq(
  $$
    select c.error from claim cross join private.complete_jobs(jsonb_build_array(
      jsonb_build_object('job_id', claim.id, 'lock_token', gen_random_uuid(), 'result', '{"old": true}'::jsonb),
      jsonb_build_object('job_id', claim.id, 'lock_token', claim.lock_token, 'result', '{"new": true}'::jsonb)
    )) as c
  $$,
  $$ values ('lease_lost'), (null) $$, 'one of two claims of a job has the lease'
);
select is((select j.result from public.jobs as j), '{"new": true}', 'and its result counts');

select * from finish();
rollback;
