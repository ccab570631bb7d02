begin;
select plan(2);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
create function private.test_broken(p_job public.jobs) returns void language plpgsql as $$
begin
  raise exception 'broken';
end;
$$;
insert into public.job_types (type, on_start) values ('test.work', 'private.test_broken');
insert into public.metered_operations (operation, credits) values ('test.work', 5);
select private.request_jobs(array[
  row('aaaaaaaa-0000-4000-8000-000000000001', 'test.work', gen_random_uuid(), '{}', 'test.work', null, 1)
]::private.job_request[]);
select private.claim_jobs('worker-1', 1, array['test.work']);

select is(
  (private.start_job((select j.id from public.jobs as j), (select j.lock_token from public.jobs as j))).status,
  'failed', 'the worker sees that it ended'
);
select results_eq('select balance, held from public.credit_accounts', 'values (10, 0)', 'the credits are back');

select * from finish();
rollback;
