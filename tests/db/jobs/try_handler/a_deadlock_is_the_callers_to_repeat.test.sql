begin;
select plan(4);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
insert into public.metered_operations (operation, credits) values ('test.work', 0);
create function private.test_deadlocks(p_job public.jobs) returns void language plpgsql as $$
begin
  raise deadlock_detected;
end;
$$;
insert into public.job_types (type, on_failure) values ('test.work', 'private.test_deadlocks');
select private.request_jobs(array[
  row('aaaaaaaa-0000-4000-8000-000000000001', 'test.work', gen_random_uuid(), '{}', 'test.work', null, 1)
]::private.job_request[]);

select throws_ok(
  $$ select private.try_handler('private.test_deadlocks', j) from public.jobs as j $$, '40P01', null, 'of a handler'
);
select throws_ok(
  $$ select private.reap_job(j.id, now() + interval '1 year') from public.jobs as j $$, '40P01', null, 'of the sweep'
);
select is_empty('select 1 from private.handler_errors', 'it is no error of the handler');
select results_eq('select status from public.jobs', $$ values ('queued') $$, 'and the job is as it was');

select * from finish();
rollback;
