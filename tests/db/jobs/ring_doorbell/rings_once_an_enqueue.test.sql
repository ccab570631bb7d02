begin;
select plan(4);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
insert into public.job_types (type) values ('test.work');
insert into public.metered_operations (operation, credits) values ('test.work', 5);
select private.set_setting('functions_url', 'http://functions.test/v1');
select private.set_setting('worker_secret', 'sesame');
create temporary table before as select coalesce(max(q.id), 0) as id from net.http_request_queue as q;
insert into public.jobs (user_id, type, deadline, due_at)
select 'aaaaaaaa-0000-4000-8000-000000000001', 'test.work', now() + interval '1 hour', now() + interval '1 hour' from generate_series(1, 3);

select is(
  (select count(*) from net.http_request_queue as q, before as b where q.id > b.id), 1::bigint,
  'three jobs, one ring'
);
select results_eq(
  $$
    select method, url, headers ->> 'authorization', convert_from(body, 'UTF8')::jsonb
    from net.http_request_queue order by id desc limit 1
  $$,
  $$ values ('POST', 'http://functions.test/v1/worker', 'Bearer sesame', '{"type": "doorbell"}'::jsonb) $$,
  'with the worker''s secret'
);
update private.doorbell set rung_at = clock_timestamp() + interval '1 minute';
select is(private.ring_doorbell(), false, 'not again within 20 ms');
update private.doorbell set rung_at = clock_timestamp() - interval '21 milliseconds';
select is(private.ring_doorbell(), true, 'then again');

select * from finish();
rollback;
