begin;
select plan(3);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
insert into public.job_types (type) values ('test.work');
insert into public.metered_operations (operation, credits) values ('test.work', 5);
create temporary table before as select coalesce(max(q.id), 0) as id from net.http_request_queue as q;

select lives_ok(
  $$ select private.request_jobs(array[row('aaaaaaaa-0000-4000-8000-000000000001', 'test.work', gen_random_uuid(), '{}', null, null, 1)]::private.job_request[]) $$,
  'work is taken all the same'
);
select is(private.ring_doorbell(), false, 'nothing rings');
select is(
  (select count(*) from net.http_request_queue as q, before as b where q.id > b.id), 0::bigint,
  'nothing is sent'
);

select * from finish();
rollback;
