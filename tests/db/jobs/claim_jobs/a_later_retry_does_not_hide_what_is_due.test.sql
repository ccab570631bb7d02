begin;
select plan(3);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
insert into public.job_types (type) values ('test.work');
insert into public.metered_operations (operation, credits) values ('test.work', 5);
select private.request_jobs((
  select array_agg(row('aaaaaaaa-0000-4000-8000-000000000001', 'test.work', gen_random_uuid(), '{}', null, null, 1)::private.job_request)
  from generate_series(1, 2)
));
create temporary table first as select * from private.claim_jobs('worker-1', 1, array['test.work']);
select private.fail_job(id, lock_token, 'Again.', true, interval '10 minutes') from first;

select is(
  (select count(*) from private.claim_jobs('worker-1', 5, array['test.work'])), 1::bigint,
  'the other is claimed now'
);
select is_empty($$ select 1 from private.claim_jobs('worker-1', 5, array['test.work']) $$, 'the retry is not');
select results_eq(
  $$ select id from private.claim_jobs('worker-1', 5, array['test.work'], now() + interval '10 minutes') $$,
  'select id from first', 'until it is due'
);

select * from finish();
rollback;
