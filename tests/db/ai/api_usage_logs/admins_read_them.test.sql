begin;
select plan(4);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
insert into public.job_types (type) values ('test.work');
insert into public.metered_operations (operation, credits) values ('test.work', 5);
select private.request_jobs(array[
  row('aaaaaaaa-0000-4000-8000-000000000001', 'test.work', gen_random_uuid(), '{}', 'test.work', null, 1)
]::private.job_request[]);
select private.record_api_usage((select j.id from public.jobs as j), 'local', 'upscale');
update public.profiles set role = 'admin' where id = 'bbbbbbbb-0000-4000-8000-000000000002';

select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select is_empty('select 1 from public.api_usage_logs', 'users do not, their own neither');
select is_empty('select 1 from public.api_costs', 'nor what providers charge');
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select isnt_empty('select 1 from public.api_usage_logs', 'admins do');
select isnt_empty('select 1 from public.api_costs', 'and the costs');

select * from finish();
rollback;
