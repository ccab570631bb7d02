-- A provider dies for an hour: jobs wait, nobody is charged, and the backlog drains
-- fairly when it is back. The worker is played by a function; time is an argument.
begin;
select plan(10);

select private.set_setting('signup_credits', '0');
select tests.create_user(u.name || '@example.com', p_id => u.id)
from (
  values
    ('ann', 'aaaaaaaa-0000-4000-8000-000000000001'::uuid),
    ('bob', 'bbbbbbbb-0000-4000-8000-000000000002'::uuid)
) as u (name, id);
select private.grant_credits(p.id, 1000, 'bonus') from public.profiles as p;
insert into public.job_types (type, max_running_per_user, deadline) values ('test.work', 4, '3 hours');
insert into public.metered_operations (operation, credits) values ('test.work', 5);
insert into public.providers (name) values ('acme');
insert into public.provider_routes (operation, provider) values ('test.work', 'acme');
-- Ann asks for a hundred before Bob asks for five.
select private.request_jobs(array_agg(
  row('aaaaaaaa-0000-4000-8000-000000000001', 'test.work', gen_random_uuid(), '{}', 'test.work', null, 1)::private.job_request
)) from generate_series(1, 100);
select private.request_jobs(array_agg(
  row('bbbbbbbb-0000-4000-8000-000000000002', 'test.work', gen_random_uuid(), '{}', 'test.work', null, 1)::private.job_request
), now() + interval '1 second') from generate_series(1, 5);

create temporary table done (user_id uuid, at timestamptz, n integer generated always as identity);
-- One turn of a worker with two hands: how many jobs it claimed.
create function pg_temp.turn(p_now timestamptz, p_is_up boolean)
returns integer
language plpgsql
as $$
declare
  v_job public.jobs;
  v_route jsonb;
  v_claimed integer := 0;
begin
  for v_job in select * from private.claim_jobs('w', 2, null, p_now, '{acme}') loop
    v_claimed := v_claimed + 1;
    v_route := private.route_job(v_job.id, v_job.lock_token, '{acme}', '{}', p_now);
    if v_route -> 'route' = 'null' then
      perform private.snooze_job(
        v_job.id, v_job.lock_token, p_now + make_interval(secs => (v_route ->> 'wait_seconds')::integer), null, p_now
      );
      continue;
    end if;
    perform private.note_provider_call(
      'acme', 'test.work', case when p_is_up then 'ok' else 'fault' end, v_job.id, null, null, p_now
    );
    if p_is_up then
      perform private.complete_job(v_job.id, v_job.lock_token, '{}', p_now);
      insert into done (user_id, at) values (v_job.user_id, p_now);
    else
      perform private.fail_job(
        v_job.id, v_job.lock_token, 'Down. We try again.', p_now => p_now, p_provider_fault => true
      );
    end if;
  end loop;
  return v_claimed;
end;
$$;

-- It is down from the first minute on, and the worker looks every five seconds.
create temporary table outage as
select t.at, pg_temp.turn(t.at, false) as claimed
from (
  select now() + interval '1 minute' + make_interval(secs => 5 * i) as at from generate_series(0, 720) as i
) as t;
select cmp_ok(
  (select sum(o.claimed) from outage as o), '<', 60::bigint, 'in an hour few jobs are tried: a queue of a hundred is left alone'
);
select cmp_ok((select sum(o.claimed) from outage as o), '>', 10::bigint, 'but some are, or nobody would know that it is back');
select results_eq(
  'select status, count(*) from public.jobs group by status', $$ values ('queued', 105::bigint) $$, 'all wait'
);
select is((select max(j.attempts) from public.jobs as j), 0, 'none has used up an attempt');
select results_eq(
  'select a.balance, a.held from public.credit_accounts as a order by a.user_id',
  'values (500, 500), (975, 25)', 'nobody is charged'
);

-- It is back.
create temporary table back as
select t.at, pg_temp.turn(t.at, true) as claimed
from (
  select now() + interval '62 minutes' + make_interval(secs => 5 * i) as at from generate_series(0, 400) as i
) as t;
select results_eq(
  'select status, count(*) from public.jobs group by status', $$ values ('completed', 105::bigint) $$, 'all are done'
);
select cmp_ok(
  (select min(d.at) from done as d), '<=', now() + interval '73 minutes', 'the first soon, at the end of the last rest'
);
select cmp_ok(
  (select max(d.at) - min(d.at) from done as d), '<', interval '15 minutes', 'and the rest after it'
);
select cmp_ok(
  (select max(d.n) from done as d where d.user_id = 'bbbbbbbb-0000-4000-8000-000000000002'), '<', 30,
  'Bob does not wait for Ann''s hundred'
);
select results_eq(
  'select a.balance, a.held from public.credit_accounts as a order by a.user_id',
  'values (500, 0), (975, 0)', 'each is charged once'
);

select * from finish();
rollback;
