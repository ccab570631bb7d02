begin;
select plan(6);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
insert into public.job_types (type) values ('test.work');
insert into public.metered_operations (operation, credits) values ('test.work', 5);
update public.job_types set max_running_per_user = 2, max_attempts = 5 where type = 'test.work';
create function pg_temp.lanes_are_right() returns boolean language sql as $$
  select not exists (
    select 1
    from private.job_lanes as l
    where l.queued <> (
        select count(*) from public.jobs as j where j.type = l.type and j.user_id = l.user_id and j.status = 'queued'
      )
      or l.running <> (
        select count(*) from public.jobs as j
        where j.type = l.type and j.user_id = l.user_id and j.status in ('processing', 'waiting')
      )
  );
$$;
select private.request_jobs((
  select array_agg(row(u.id, 'test.work', gen_random_uuid(), '{}', null, null, 1)::private.job_request)
  from public.profiles as u cross join generate_series(1, 4)
));
select ok(pg_temp.lanes_are_right(), 'after an enqueue');
select private.claim_jobs('worker-1', 3, array['test.work']);
select ok(pg_temp.lanes_are_right(), 'after a claim');
create temporary table running as
select j.id, j.lock_token, row_number() over (order by j.id) as n from public.jobs as j where j.status = 'processing';
select private.snooze_job(id, lock_token, now(), '{"provider": "p", "external_id": "1"}') from running where n = 1;
select private.fail_job(id, lock_token, 'Busy.') from running where n = 2;
select private.complete_job(id, lock_token) from running where n = 3;
select ok(pg_temp.lanes_are_right(), 'after a snooze, a retry and an end');
select private.claim_jobs('worker-1', 9, array['test.work'], now() + interval '1 minute');
select private.reap_job(d, now() + interval '10 minutes') from private.due_jobs(now() + interval '10 minutes') as d;
select ok(pg_temp.lanes_are_right(), 'after lost leases');
select private.cancel_jobs(array(select j.id from public.jobs as j), 'Stopped.');
select ok(pg_temp.lanes_are_right(), 'after a cancel');
select is_empty('select 1 from private.job_lanes where queued > 0 or running > 0', 'nothing is left');

select * from finish();
rollback;
