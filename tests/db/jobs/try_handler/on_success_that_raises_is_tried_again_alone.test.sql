begin;
select plan(10);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
create sequence pg_temp.calls;
create function private.test_flaky(p_job public.jobs) returns void language plpgsql as $$
begin
  update public.profiles as p set company = 'touched' where p.id = p_job.user_id;
  if nextval('pg_temp.calls') < 3 then
    raise exception 'not yet';
  end if;
end;
$$;
insert into public.job_types (type, on_success) values ('test.work', 'private.test_flaky');
insert into public.metered_operations (operation, credits) values ('test.work', 5);
select private.request_jobs(array[
  row('aaaaaaaa-0000-4000-8000-000000000001', 'test.work', gen_random_uuid(), '{}', 'test.work', null, 1)
]::private.job_request[]);
create temporary table claim as select * from private.claim_jobs('worker-1', 1, array['test.work']);
select private.complete_job(id, lock_token, '{"k": 1}') from claim;

select results_eq(
  'select status, result, handler_attempts, lock_token, due_at from public.jobs',
  $$ values ('waiting', '{"k": 1}'::jsonb, 1::smallint, null::uuid, now() + interval '5 seconds') $$,
  'the result is kept'
);
select is((select p.company from public.profiles as p), null, 'what the handler did is undone');
select is((select count(*) from private.handler_errors), 1::bigint, 'its error is kept for operators');
select is((select a.held from public.credit_accounts as a), 5, 'the credits stay held');
select is_empty(
  $$ select 1 from private.claim_jobs('worker-2', 1, array['test.work'], now() + interval '1 minute') $$,
  'the work is not done again'
);
select private.reap_job((select j.id from public.jobs as j), now() + interval '5 seconds');
select is((select j.due_at from public.jobs as j), now() + interval '15 seconds', 'then later');
select private.reap_job((select j.id from public.jobs as j), now() + interval '15 seconds');
select results_eq(
  'select status, result from public.jobs', $$ values ('completed', '{"k": 1}'::jsonb) $$,
  'the third time it succeeds'
);
select is((select p.company from public.profiles as p), 'touched', 'with what the handler did');
select results_eq(
  'select balance, held from public.credit_accounts', 'values (5, 0)', 'and its price is captured'
);
select results_eq('select queued, running from private.job_lanes', 'values (0, 0)', 'its slot is free');

select * from finish();
rollback;
