begin;
select plan(1);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
insert into public.job_types (type) values ('test.work');
insert into public.metered_operations (operation, credits) values ('test.work', 5);
update public.job_types set deadline = '1 minute' where type = 'test.work';
update public.metered_operations set credits = 0 where operation = 'test.work';
select private.request_jobs(array[
  row('aaaaaaaa-0000-4000-8000-000000000001', 'test.work', gen_random_uuid(), '{}', 'test.work', null, 1)
]::private.job_request[]);

select is_empty(
  $$ select 1 from private.claim_jobs('worker-1', 1, array['test.work'], now() + interval '1 minute') $$,
  'the sweep ends it'
);

select * from finish();
rollback;
