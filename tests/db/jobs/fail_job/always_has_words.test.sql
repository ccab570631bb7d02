begin;
select plan(1);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
insert into public.job_types (type) values ('test.work');
insert into public.metered_operations (operation, credits) values ('test.work', 5);
update public.metered_operations set credits = 0 where operation = 'test.work';
select private.request_jobs(array[
  row('aaaaaaaa-0000-4000-8000-000000000001', 'test.work', gen_random_uuid(), '{}', 'test.work', null, 1)
]::private.job_request[]);
select private.claim_jobs('worker-1', 1, array['test.work']);
select private.fail_job(
  (select j.id from public.jobs as j), (select j.lock_token from public.jobs as j), ' ', false
);

select isnt(btrim((select j.error from public.jobs as j)), '', 'a blank error is replaced');

select * from finish();
rollback;
