begin;
select plan(3);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
create function private.test_start(p_job public.jobs) returns void language sql as $$
  update public.profiles set company = p_job.status where id = p_job.user_id;
$$;
insert into public.job_types (type, on_start) values ('test.work', 'private.test_start');
insert into public.metered_operations (operation, credits) values ('test.work', 5);
select private.request_jobs(array[
  row('aaaaaaaa-0000-4000-8000-000000000001', 'test.work', gen_random_uuid(), '{}', 'test.work', null, 1)
]::private.job_request[]);
select private.claim_jobs('worker-1', 1, array['test.work']);
select is((select p.company from public.profiles as p), null, 'a claim does not touch the product');
select is(
  (private.start_job((select j.id from public.jobs as j), (select j.lock_token from public.jobs as j))).status,
  'processing', 'the start returns the job'
);
select is((select p.company from public.profiles as p), 'processing', 'and tells the product');

select * from finish();
rollback;
