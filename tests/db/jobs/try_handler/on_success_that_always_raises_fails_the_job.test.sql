begin;
select plan(7);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
create function private.test_broken(p_job public.jobs) returns void language plpgsql as $$
begin
  raise exception 'broken';
end;
$$;
insert into public.job_types (type, on_success) values ('test.work', 'private.test_broken');
insert into public.metered_operations (operation, credits) values ('test.work', 5);
select private.request_jobs(array[
  row('aaaaaaaa-0000-4000-8000-000000000001', 'test.work', gen_random_uuid(), '{}', 'test.work', null, 1)
]::private.job_request[]);
select private.claim_jobs('worker-1', 1, array['test.work']);
select private.complete_job(
  (select j.id from public.jobs as j), (select j.lock_token from public.jobs as j), '{"k": 1}'
);
select private.reap_job((select j.id from public.jobs as j), now() + interval '5 seconds');
select private.reap_job((select j.id from public.jobs as j), now() + interval '15 seconds');
select private.reap_job((select j.id from public.jobs as j), now() + interval '35 seconds');
select is((select j.status from public.jobs as j), 'waiting', 'it is tried five times');
select private.reap_job((select j.id from public.jobs as j), now() + interval '75 seconds');

select results_eq(
  'select status, result, error is not null from public.jobs', $$ values ('failed', '{"k": 1}'::jsonb, true) $$,
  'then the job fails and keeps its result'
);
select results_eq('select balance, held from public.credit_accounts', 'values (10, 0)', 'the credits are back');
select is((select count(*) from private.handler_errors), 5::bigint, 'every error is kept');
select unalike((select j.error from public.jobs as j), '%broken%', 'the user does not read them');
select results_eq('select queued, running from private.job_lanes', 'values (0, 0)', 'its slot is free');
select is_empty('select * from private.audit_credits()', 'the books add up');

select * from finish();
rollback;
