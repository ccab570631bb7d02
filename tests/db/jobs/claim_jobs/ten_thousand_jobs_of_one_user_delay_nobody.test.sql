begin;
select plan(2);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
insert into public.job_types (type) values ('test.work');
insert into public.metered_operations (operation, credits) values ('test.work', 5);
select count(*)
from private.request_jobs((
  select array_agg(row('aaaaaaaa-0000-4000-8000-000000000001', 'test.work', gen_random_uuid(), '{}', null, null, 1)::private.job_request)
  from generate_series(1, 10000)
), now() - interval '10 minutes');
select private.request_jobs(
  array[row('bbbbbbbb-0000-4000-8000-000000000002', 'test.work', gen_random_uuid(), '{}', null, null, 1)]::private.job_request[]
);

select private.claim_jobs('worker-1', 1, array['test.work']);
select is(
  (private.claim_jobs('worker-1', 1, array['test.work'])).user_id, 'bbbbbbbb-0000-4000-8000-000000000002'::uuid,
  'the one job of Bob is next'
);
select results_eq(
  'select user_id, queued, running from private.job_lanes order by user_id',
  $$ values ('aaaaaaaa-0000-4000-8000-000000000001'::uuid, 9999, 1), ('bbbbbbbb-0000-4000-8000-000000000002', 0, 1) $$,
  'the lanes know'
);

select * from finish();
rollback;
