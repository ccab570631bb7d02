begin;
select plan(5);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
insert into public.job_types (type) values ('test.work');
insert into public.metered_operations (operation, credits) values ('test.work', 5);
select private.set_setting('functions_url', 'http://functions.test/v1');
select private.set_setting('worker_secret', 'sesame');

select is(private.dispatch_jobs(), false, 'not without work');
select private.request_jobs(array[
  row('aaaaaaaa-0000-4000-8000-000000000001', 'test.work', gen_random_uuid(), '{}', 'test.work', null, 1)
]::private.job_request[]);
update private.doorbell set rung_at = '-infinity';
select is(private.dispatch_jobs(), true, 'a queued job');
select private.claim_jobs('worker-1', 1, array['test.work']);
update private.doorbell set rung_at = '-infinity';
select is(private.dispatch_jobs(), false, 'not for one that runs');
select private.snooze_job(
  (select j.id from public.jobs as j), (select j.lock_token from public.jobs as j), now() + interval '1 minute',
  '{"provider": "p", "external_id": "1"}'
);
select is(private.dispatch_jobs(), false, 'nor for one that waits');
select is(private.dispatch_jobs(now() + interval '1 minute'), true, 'until its provider is to be asked');

select * from finish();
rollback;
