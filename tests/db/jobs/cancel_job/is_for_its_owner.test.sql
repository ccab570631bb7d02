begin;
select plan(6);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
insert into public.job_types (type) values ('test.work');
insert into public.metered_operations (operation, credits) values ('test.work', 5);
select private.request_jobs(array[
  row('aaaaaaaa-0000-4000-8000-000000000001', 'test.work', gen_random_uuid(), '{}', 'test.work', null, 1)
]::private.job_request[]);
create temporary table target as select j.id from public.jobs as j;
grant select on target to public;

select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select throws_ok(
  'select public.cancel_job(id) from target', 'PT404', 'job_not_found', 'to another user there is none'
);
select throws_ok('select public.cancel_job(null)', 'PT404', 'job_not_found', 'no id');
select tests.authenticate('authenticated', '{"role": "authenticated"}');
select throws_ok('select public.cancel_job(id) from target', 'PT403', 'not_signed_in', 'nobody');
select tests.authenticate_as_anon();
select throws_ok('select public.cancel_job(id) from target', '42501', null, 'anon');
select tests.clear_authentication();
select is((select j.status from public.jobs as j), 'queued', 'the job is as it was');
update public.profiles set role = 'admin' where id = 'bbbbbbbb-0000-4000-8000-000000000002';
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select is((select (public.cancel_job(id)).status from target), 'cancelled', 'an admin may');

select * from finish();
rollback;
