begin;
select plan(4);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
create function private.test_gone(p_job public.jobs) returns void language sql as $$ select null::void $$;
insert into public.job_types (type, on_success) values ('test.work', 'private.test_gone');
insert into public.metered_operations (operation, credits) values ('test.work', 5);
select private.request_jobs(array[
  row('aaaaaaaa-0000-4000-8000-000000000001', 'test.work', gen_random_uuid(), '{}', 'test.work', null, 1)
]::private.job_request[]);
select private.claim_jobs('worker-1', 1, array['test.work']);
drop function private.test_gone;
select private.complete_job(
  (select j.id from public.jobs as j), (select j.lock_token from public.jobs as j), '{}'
);

select is((select j.status from public.jobs as j), 'waiting', 'the job does not look like a success');
select is((select a.held from public.credit_accounts as a), 5, 'and nothing is charged');
select throws_ok(
  'select private.run_handler(null, j) from public.jobs as j', 'PT500', 'handler_missing',
  'no name is no handler'
);
select throws_ok(
  $$ select private.run_handler('private.test_gone', j) from public.jobs as j $$,
  'PT500', 'handler_missing', 'nor is a name without a function'
);

select * from finish();
rollback;
