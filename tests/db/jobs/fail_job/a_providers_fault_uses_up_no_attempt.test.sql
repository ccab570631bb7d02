begin;
select plan(10);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 100, 'bonus');
insert into public.job_types (type) values ('test.work');
insert into public.metered_operations (operation, credits) values ('test.work', 5);
update public.job_types set deadline = '3 hours' where type = 'test.work';
select private.request_jobs(array[
  row('aaaaaaaa-0000-4000-8000-000000000001', 'test.work', gen_random_uuid(), '{}', 'test.work', null, 1)
]::private.job_request[]);
create function pg_temp.run(p_now timestamptz, p_retry_in interval default null)
returns timestamptz
language plpgsql
as $$
declare
  v_job public.jobs;
begin
  select * into strict v_job from private.claim_jobs('w', 1, null, p_now);
  v_job := private.fail_job(
    v_job.id, v_job.lock_token, 'The provider is busy. We try again.', true, p_retry_in, p_now, true
  );
  return v_job.run_at;
end;
$$;
create function pg_temp.run_times(p_n integer, p_retry_in interval default null)
returns interval
language plpgsql
as $$
declare
  v_at timestamptz := (select j.run_at from public.jobs as j);
begin
  for i in 1 .. p_n loop
    v_at := pg_temp.run(v_at, p_retry_in);
  end loop;
  return v_at - now();
end;
$$;
select ok(pg_temp.run_times(20) > interval '1 hour', 'twenty in a row take more than an hour');
select results_eq(
  'select status, attempts, faults::integer, error from public.jobs',
  $$ values ('queued', 0, 20, 'The provider is busy. We try again.') $$, 'it waits, and says why'
);
select results_eq('select balance, held from public.credit_accounts', 'values (95, 5)', 'nobody is charged');
select is_empty('select 1 from public.job_attempts', 'there was no attempt');
select pg_temp.run_times(1);
select is((select j.attempts from public.jobs as j), 1, 'then it counts: work that brings its provider down must end');
select pg_temp.run_times(2);
select results_eq(
  'select status, attempts, error from public.jobs',
  $$ values ('failed', 3, 'The provider was not available for too long. Please try again later.') $$,
  'and does, in words for its user'
);
select results_eq('select balance, held from public.credit_accounts', 'values (100, 0)', 'with the credits back');

select private.request_jobs(array[
  row('aaaaaaaa-0000-4000-8000-000000000001', 'test.work', gen_random_uuid(), '{}', 'test.work', null, 1)
]::private.job_request[]);
select pg_temp.run((select j.run_at from public.jobs as j where j.status = 'queued')) is not null as fault;
create temporary table claim as
select * from private.claim_jobs('w', 1, null, (select j.run_at from public.jobs as j where j.status = 'queued'));
select private.snooze_job(
  c.id, c.lock_token, now() + interval '1 hour', '{"provider": "p", "external_id": "1"}', c.started_at
) from claim as c;
select results_eq(
  'select status, faults::integer from public.jobs where finished_at is null', $$ values ('waiting', 1) $$,
  'an order that was taken does not start the count anew: it may fail too'
);
select private.reap_due_job(j.id, j.deadline) from public.jobs as j where j.finished_at is null;
select is(
  (select count(*) from public.jobs as j where j.status = 'failed'), 2::bigint, 'the deadline ends it all the same'
);

select private.request_jobs(array[
  row('aaaaaaaa-0000-4000-8000-000000000001', 'test.work', gen_random_uuid(), '{}', 'test.work', null, 1)
]::private.job_request[]);
delete from public.jobs as j where j.finished_at is not null;
select ok(
  pg_temp.run_times(20, interval '0') > interval '1 hour', 'nor does it end sooner when the provider says "at once" each time'
);

select * from finish();
rollback;
