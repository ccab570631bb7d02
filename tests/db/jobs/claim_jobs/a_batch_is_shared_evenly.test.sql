begin;
select plan(1);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
insert into public.job_types (type) values ('test.work');
insert into public.metered_operations (operation, credits) values ('test.work', 5);
update public.job_types set max_running_per_user = 10 where type = 'test.work';
select private.request_jobs((
  select array_agg(row('aaaaaaaa-0000-4000-8000-000000000001', 'test.work', gen_random_uuid(), '{}', null, null, 1)::private.job_request)
  from generate_series(1, 20)
), now() - interval '1 minute');
select private.request_jobs((
  select array_agg(row('bbbbbbbb-0000-4000-8000-000000000002', 'test.work', gen_random_uuid(), '{}', null, null, 1)::private.job_request)
  from generate_series(1, 3)
));

select results_eq(
  $$
    select user_id, count(*) from private.claim_jobs('worker-1', 6, array['test.work'])
    group by user_id order by user_id
  $$,
  $$ values ('aaaaaaaa-0000-4000-8000-000000000001'::uuid, 3::bigint), ('bbbbbbbb-0000-4000-8000-000000000002', 3) $$,
  'half each, whoever has more'
);

select * from finish();
rollback;
