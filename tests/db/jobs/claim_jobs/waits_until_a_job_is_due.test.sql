begin;
select plan(2);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
insert into public.job_types (type) values ('test.work');
insert into public.metered_operations (operation, credits) values ('test.work', 5);
select private.request_jobs(
  array[row('aaaaaaaa-0000-4000-8000-000000000001', 'test.work', gen_random_uuid(), '{}', null, null, 1)]::private.job_request[],
  now() + interval '1 minute'
);

select is_empty($$ select 1 from private.claim_jobs('worker-1', 1, array['test.work']) $$, 'not before');
select is(
  (select count(*) from private.claim_jobs('worker-1', 1, array['test.work'], now() + interval '1 minute')),
  1::bigint,
  'then it is'
);

select * from finish();
rollback;
