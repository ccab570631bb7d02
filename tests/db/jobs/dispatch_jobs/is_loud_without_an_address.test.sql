begin;
select plan(3);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
insert into public.job_types (type) values ('test.work');
insert into public.metered_operations (operation, credits) values ('test.work', 5);

select lives_ok('select private.dispatch_jobs()', 'not without work');
select private.request_jobs(array[
  row('aaaaaaaa-0000-4000-8000-000000000001', 'test.work', gen_random_uuid(), '{}', 'test.work', null, 1)
]::private.job_request[]);
select throws_ok('select private.dispatch_jobs()', 'PT500', 'setting_missing', 'when jobs wait');
select private.set_setting('functions_url', 'http://functions.test/v1');
select throws_ok('select private.dispatch_jobs()', 'PT500', 'secret_missing', 'and without the secret');

select * from finish();
rollback;
