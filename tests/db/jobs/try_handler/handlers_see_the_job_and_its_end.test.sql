begin;
select plan(1);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 30, 'bonus');
create temporary table seen (handler text, result jsonb, error text);
grant all on seen to public;
create function private.test_success(p_job public.jobs) returns void language sql as $$
  insert into pg_temp.seen values ('success', p_job.result, p_job.error);
$$;
create function private.test_failure(p_job public.jobs) returns void language sql as $$
  insert into pg_temp.seen values ('failure', p_job.result, p_job.error);
$$;
create function private.test_cancel(p_job public.jobs) returns void language sql as $$
  insert into pg_temp.seen values ('cancel', p_job.result, p_job.error);
$$;
create function private.test_start(p_job public.jobs) returns void language sql as $$
  insert into pg_temp.seen values ('start', p_job.result, p_job.error);
$$;
insert into public.job_types (type, on_start, on_success, on_failure, on_cancel)
values ('test.work', 'private.test_start', 'private.test_success', 'private.test_failure', 'private.test_cancel');
insert into public.metered_operations (operation, credits) values ('test.work', 5);
select private.request_jobs(array[
  row('aaaaaaaa-0000-4000-8000-000000000001', 'test.work', gen_random_uuid(), '{}', 'test.work', null, 1)
]::private.job_request[]);
create temporary table claim as select * from private.claim_jobs('worker-1', 1, array['test.work']);
select private.start_job(id, lock_token) from claim;
select private.complete_job(id, lock_token, '{"k": 1}') from claim;
select private.request_jobs(array[
  row('aaaaaaaa-0000-4000-8000-000000000001', 'test.work', gen_random_uuid(), '{}', 'test.work', null, 1)
]::private.job_request[]);
drop table claim;
create temporary table claim as select * from private.claim_jobs('worker-1', 1, array['test.work']);
select private.fail_job(id, lock_token, 'Busy.', true, interval '0') from claim;
drop table claim;
create temporary table claim as select * from private.claim_jobs('worker-1', 1, array['test.work']);
select private.fail_job(id, lock_token, 'No.', false) from claim;
select private.request_jobs(array[
  row('aaaaaaaa-0000-4000-8000-000000000001', 'test.work', gen_random_uuid(), '{}', 'test.work', null, 1)
]::private.job_request[]);
select private.cancel_jobs(array(select j.id from public.jobs as j where j.finished_at is null), 'Stopped.');

select bag_eq(
  'select handler, result, error from seen',
  $$
    values ('start', null::jsonb, null::text), ('success', '{"k": 1}', null), ('failure', null, 'No.'),
      ('cancel', null, 'Stopped.')
  $$,
  'one call each, and none for an attempt that is retried'
);

select * from finish();
rollback;
