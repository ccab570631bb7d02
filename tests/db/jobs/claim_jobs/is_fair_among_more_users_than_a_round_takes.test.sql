begin;
select plan(2);

select private.set_setting('signup_credits', '0');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
insert into public.job_types (type) values ('test.work');
insert into public.metered_operations (operation, credits) values ('test.work', 5);
select tests.create_user('user-' || n || '@example.com') from generate_series(1, 25) as n;
select private.request_jobs((
  select array_agg(row(u.id, 'test.work', gen_random_uuid(), '{}', null, null, 1)::private.job_request)
  from public.profiles as u cross join generate_series(1, 2)
  where u.id <> 'bbbbbbbb-0000-4000-8000-000000000002'
), now() - interval '10 minutes');

select is(
  (
    select count(distinct c.user_id) from private.claim_jobs('worker-1', 25, array['test.work']) as c
  ),
  25::bigint, 'twenty-five slots are one for each'
);
select private.request_jobs(
  array[row('bbbbbbbb-0000-4000-8000-000000000002', 'test.work', gen_random_uuid(), '{}', null, null, 1)]::private.job_request[]
);
select is(
  (private.claim_jobs('worker-1', 1, array['test.work'])).user_id, 'bbbbbbbb-0000-4000-8000-000000000002'::uuid,
  'who has none goes before twenty-five who wait longer'
);

select * from finish();
rollback;
