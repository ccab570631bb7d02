begin;
select plan(5);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
insert into public.job_types (type) values ('test.work');
insert into public.metered_operations (operation, credits) values ('test.work', 5);
update public.job_types set max_queued_per_user = 2 where type = 'test.work';
create function pg_temp.request(p_user_id uuid, p_n integer) returns setof public.jobs language sql as $$
  select * from private.request_jobs((
    select array_agg(row(p_user_id, 'test.work', gen_random_uuid(), '{}', null, null, 1)::private.job_request)
    from generate_series(1, p_n)
  ));
$$;

select throws_ok(
  $$ select pg_temp.request('aaaaaaaa-0000-4000-8000-000000000001', 3) $$, 'PT429', 'queue_full',
  'three at once'
);
select lives_ok($$ select pg_temp.request('aaaaaaaa-0000-4000-8000-000000000001', 2) $$, 'two are taken');
select throws_ok(
  $$ select pg_temp.request('aaaaaaaa-0000-4000-8000-000000000001', 1) $$, 'PT429', 'queue_full',
  'the third is not'
);
select lives_ok(
  $$ select pg_temp.request('bbbbbbbb-0000-4000-8000-000000000002', 1) $$,
  'another user has a queue of their own'
);
select private.claim_jobs('worker-1', 4, array['test.work']);
select lives_ok(
  $$ select pg_temp.request('aaaaaaaa-0000-4000-8000-000000000001', 1) $$, 'what runs does not wait'
);

select * from finish();
rollback;
