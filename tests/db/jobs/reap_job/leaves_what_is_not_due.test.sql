begin;
select plan(4);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
insert into public.job_types (type) values ('test.work');
insert into public.metered_operations (operation, credits) values ('test.work', 5);
select private.request_jobs(array[
  row('aaaaaaaa-0000-4000-8000-000000000001', 'test.work', gen_random_uuid(), '{}', 'test.work', null, 1)
]::private.job_request[]);

select is_empty('select private.due_jobs()', 'a queued job is not due');
select private.reap_job((select j.id from public.jobs as j));
select is((select j.status from public.jobs as j), 'queued', 'it stays');
select private.claim_jobs('worker-1', 1, array['test.work']);
select private.complete_job((select j.id from public.jobs as j), (select j.lock_token from public.jobs as j));
select is_empty($$ select private.due_jobs(now() + interval '1 year') $$, 'an ended job never is');
select private.reap_job((select j.id from public.jobs as j), now() + interval '1 year');
select is((select j.status from public.jobs as j), 'completed', 'it stays ended');

select * from finish();
rollback;
