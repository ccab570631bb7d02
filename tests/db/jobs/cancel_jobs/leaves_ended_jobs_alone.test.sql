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
select private.claim_jobs('worker-1', 1, array['test.work']);
select private.complete_job((select j.id from public.jobs as j), (select j.lock_token from public.jobs as j));
select private.cancel_jobs(array(select j.id from public.jobs as j), 'Stopped.');
select private.cancel_jobs(array[gen_random_uuid()], 'Stopped.');
select private.cancel_jobs('{}', 'Stopped.');

select results_eq(
  'select status, error from public.jobs', $$ values ('completed', null::text) $$, 'what is done is done'
);
select is((select a.balance from public.credit_accounts as a), 5, 'and paid');

select * from finish();
rollback;
