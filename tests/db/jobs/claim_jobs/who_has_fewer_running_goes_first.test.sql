begin;
select plan(3);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
insert into public.job_types (type) values ('test.work');
insert into public.metered_operations (operation, credits) values ('test.work', 5);
create function pg_temp.request(p_user_id uuid, p_now timestamptz) returns setof public.jobs language sql as $$
  select * from private.request_jobs(
    array[row(p_user_id, 'test.work', gen_random_uuid(), '{}', null, null, 1)]::private.job_request[], p_now
  );
$$;
select pg_temp.request('aaaaaaaa-0000-4000-8000-000000000001', now() - interval '5 minutes');
select pg_temp.request('aaaaaaaa-0000-4000-8000-000000000001', now() - interval '4 minutes');
select pg_temp.request('bbbbbbbb-0000-4000-8000-000000000002', now() - interval '1 minute');

select is(
  (private.claim_jobs('worker-1', 1, array['test.work'])).user_id, 'aaaaaaaa-0000-4000-8000-000000000001'::uuid,
  'nobody has any: the oldest'
);
select is(
  (private.claim_jobs('worker-1', 1, array['test.work'])).user_id, 'bbbbbbbb-0000-4000-8000-000000000002'::uuid,
  'Ann has one: Bob, who is younger'
);
select is(
  (private.claim_jobs('worker-1', 1, array['test.work'])).user_id, 'aaaaaaaa-0000-4000-8000-000000000001'::uuid,
  'then Ann again'
);

select * from finish();
rollback;
