begin;
select plan(5);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
insert into public.job_types (type) values ('test.work');
insert into public.metered_operations (operation, credits) values ('test.work', 5);
select private.request_jobs(array[
  row('aaaaaaaa-0000-4000-8000-000000000001', 'test.work', gen_random_uuid(), '{}', 'test.work', null, 1)
]::private.job_request[]);
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select results_eq(
  $$
    select status, error is not null, finished_at
    from public.cancel_job((select j.id from public.jobs as j))
  $$,
  $$ values ('cancelled', true, now()) $$, 'its owner does'
);
select is(public.my_credits() -> 'available', '10', 'the credits are back');
select tests.clear_authentication();
select results_eq('select queued, running from private.job_lanes', 'values (0, 0)', 'its lane is empty');
select is_empty('select 1 from public.job_attempts', 'no attempt ran');
select is_empty('select * from private.audit_credits()', 'the books add up');

select * from finish();
rollback;
