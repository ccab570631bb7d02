begin;
select plan(1);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
insert into public.job_types (type) values ('test.work');
insert into public.metered_operations (operation, credits) values ('test.work', 5);
create function pg_temp.request(p_n integer) returns setof public.jobs language sql as $$
  select * from private.request_jobs(
    array[row('aaaaaaaa-0000-4000-8000-000000000001', 'test.work', gen_random_uuid(), jsonb_build_object('n', p_n), null, null, 1)]::private.job_request[],
    now() - make_interval(mins => 10 - p_n)
  );
$$;
select pg_temp.request(n) from unnest(array[3, 1, 2, 4]) as n;
-- A job with a priority of its own is made as an operator would make it.
select private.add_to_lane('test.work', 'aaaaaaaa-0000-4000-8000-000000000001', 1, (-1)::smallint, now());
insert into public.jobs (user_id, type, payload, priority, deadline, due_at)
values ('aaaaaaaa-0000-4000-8000-000000000001', 'test.work', '{"n": 9}', -1, now() + interval '1 hour', now() + interval '1 hour');

create temporary table claimed (place integer generated always as identity, n integer);
insert into claimed (n) select (j.payload ->> 'n')::integer from private.claim_jobs('w', 1, array['test.work']) as j;
insert into claimed (n) select (j.payload ->> 'n')::integer from private.claim_jobs('w', 1, array['test.work']) as j;
insert into claimed (n) select (j.payload ->> 'n')::integer from private.claim_jobs('w', 1, array['test.work']) as j;
insert into claimed (n) select (j.payload ->> 'n')::integer from private.claim_jobs('w', 1, array['test.work']) as j;
select results_eq(
  'select n from claimed order by place', 'values (9), (1), (2), (3)', 'the lower priority, then the older'
);

select * from finish();
rollback;
