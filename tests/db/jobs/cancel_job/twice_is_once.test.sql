begin;
select plan(2);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
insert into public.job_types (type) values ('test.work');
insert into public.metered_operations (operation, credits) values ('test.work', 5);
select private.request_jobs(array[
  row('aaaaaaaa-0000-4000-8000-000000000001', 'test.work', gen_random_uuid(), '{}', 'test.work', null, 1)
]::private.job_request[]);
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select public.cancel_job((select j.id from public.jobs as j));

select is(
  (public.cancel_job((select j.id from public.jobs as j))).status, 'cancelled', 'the second returns the row'
);
select is(public.my_credits() -> 'available', '10', 'the credits came back once');

select * from finish();
rollback;
