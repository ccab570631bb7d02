-- A provider that takes every order and then fails it, with an error of its own: each
-- order may cost us, so they become rarer, and end.
begin;
select plan(4);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 100, 'bonus');
insert into public.job_types (type, deadline) values ('test.work', '6 hours');
insert into public.metered_operations (operation, credits) values ('test.work', 5);
select private.request_jobs(array[
  row('aaaaaaaa-0000-4000-8000-000000000001', 'test.work', gen_random_uuid(), '{}', 'test.work', null, 1)
]::private.job_request[]);
create function pg_temp.next()
returns public.jobs
language plpgsql
as $$
declare
  v_at timestamptz := (select j.run_at from public.jobs as j);
  v_job public.jobs;
begin
  select * into strict v_job from private.claim_jobs('w', 1, null, v_at);
  return v_job;
end;
$$;
create temporary table ordered (at timestamptz);
do $do$
declare
  v_job public.jobs;
begin
  for i in 1 .. 1000 loop
    v_job := pg_temp.next();
    insert into ordered values (v_job.started_at);
    perform private.snooze_job(
      v_job.id, v_job.lock_token, v_job.started_at + interval '10 seconds',
      jsonb_build_object('provider', 'acme', 'external_id', 'order-' || i), v_job.started_at
    );
    v_job := pg_temp.next();
    v_job := private.fail_job(
      v_job.id, v_job.lock_token, 'Internal error.', p_now => v_job.run_at, p_provider_fault => true
    );
    exit when v_job.finished_at is not null;
  end loop;
end;
$do$;

select results_eq('select status from public.jobs', $$ values ('failed') $$, 'the job ends');
select cmp_ok((select count(*) from ordered), '<', 30::bigint, 'after few orders');
select cmp_ok(
  (select max(o.at) - min(o.at) from ordered as o), '>', interval '1 hour', 'but not before an hour of them'
);
select results_eq('select balance, held from public.credit_accounts', 'values (100, 0)', 'and the credits are back');

select * from finish();
rollback;
