begin;
select plan(1);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
insert into public.job_types (type) values ('test.work');
insert into public.metered_operations (operation, credits) values ('test.work', 5);
update public.job_types set max_running_per_user = 1 where type = 'test.work';
select private.request_jobs((
  select array_agg(row('aaaaaaaa-0000-4000-8000-000000000001', 'test.work', gen_random_uuid(), '{}', null, null, 1)::private.job_request)
  from generate_series(1, 2)
));
select private.claim_jobs('worker-1', 1, array['test.work']);

select lives_ok('select private.dispatch_jobs()', 'what may not be claimed is not dispatched');

select * from finish();
rollback;
