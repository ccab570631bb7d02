begin;
select plan(7);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
insert into public.job_types (type) values ('test.work');
insert into public.metered_operations (operation, credits) values ('test.work', 0);
select private.request_jobs(array[
  row('aaaaaaaa-0000-4000-8000-000000000001', 'test.work', gen_random_uuid(), '{}', 'test.work', null, 1)
]::private.job_request[]);
select private.claim_jobs('worker-1', 1, array['test.work']);
create function pg_temp.beat(p_after interval, p_progress integer) returns public.jobs language sql as $$
  select b.*
  from public.jobs as j
  cross join lateral private.heartbeat_job(j.id, j.lock_token, p_progress, now() + p_after) as b;
$$;

select is((pg_temp.beat('1 second', 10)).progress, 10::smallint, 'a second after the claim');
create temporary table written as select j.ctid as place from public.jobs as j;
select is((pg_temp.beat('1.1 seconds', 11)).progress, 10::smallint, 'a tenth later it answers what is there');
select is((pg_temp.beat('1.499 seconds', 14)).lease_expires_at, now() + interval '31 seconds', 'and the lease is as it was');
select is((select j.ctid from public.jobs as j), (select w.place from written as w), 'no row was written');
select is((pg_temp.beat('1.5 seconds', 15)).progress, 15::smallint, 'half a second later it is noted');
select is((select j.lease_expires_at from public.jobs as j), now() + interval '31.5 seconds', 'and the lease goes on');
select throws_ok(
  $$ select private.heartbeat_job(j.id, gen_random_uuid(), 16, now() + interval '1.6 seconds') from public.jobs as j $$,
  'PT409', 'lease_lost', 'who lost the lease is told at once'
);

select * from finish();
rollback;
