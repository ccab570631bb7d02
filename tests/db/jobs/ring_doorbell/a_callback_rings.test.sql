begin;
select plan(1);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
insert into public.job_types (type) values ('test.work');
insert into public.metered_operations (operation, credits) values ('test.work', 5);
select private.request_jobs(array[
  row('aaaaaaaa-0000-4000-8000-000000000001', 'test.work', gen_random_uuid(), '{}', 'test.work', null, 1)
]::private.job_request[]);
select private.claim_jobs('worker-1', 1, array['test.work']);
select private.snooze_job(
  (select j.id from public.jobs as j), (select j.lock_token from public.jobs as j),
  now() + interval '10 minutes', '{"provider": "p", "external_id": "1"}'
);
select private.set_setting('functions_url', 'http://functions.test/v1');
select private.set_setting('worker_secret', 'sesame');
create temporary table before as select coalesce(max(q.id), 0) as id from net.http_request_queue as q;
select private.record_provider_callback('p', '1', '{}');

select is(
  (select count(*) from net.http_request_queue as q, before as b where q.id > b.id), 1::bigint,
  'the job need not wait for cron'
);

select * from finish();
rollback;
