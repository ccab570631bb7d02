begin;
select plan(9);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
insert into public.job_types (type, max_attempts, deadline) values ('test.work', 1, '1 hour');
-- Each job has an order at a provider, named by its subject.
create function pg_temp.order(p_n integer, p_user_id uuid default 'aaaaaaaa-0000-4000-8000-000000000001')
returns uuid
language plpgsql
as $$
declare
  v_job public.jobs;
begin
  perform private.request_jobs(array[
    row(p_user_id, 'test.work', ('99999999-0000-4000-8000-00000000000' || p_n)::uuid, '{"operation": "draw"}', null, null, 1)
  ]::private.job_request[]);
  select * into v_job from private.claim_jobs('w', 1, array['test.work']);
  perform private.snooze_job(
    v_job.id, v_job.lock_token, now() + interval '1 minute', jsonb_build_object('provider', 'acme', 'external_id', 'order-' || p_n)
  );
  return v_job.id;
end;
$$;
create function pg_temp.job(p_n integer) returns uuid language sql as $$
  select j.id from public.jobs as j where j.subject_id = ('99999999-0000-4000-8000-00000000000' || p_n)::uuid;
$$;
select pg_temp.order(n) from generate_series(1, 4) as n;
select private.cancel_jobs(array[pg_temp.job(1)], 'The picture was deleted.');
select private.record_provider_callback('acme', 'order-2', '{}');
select private.cancel_jobs(array[pg_temp.job(2)], 'The picture was deleted.');
select private.complete_job(c.id, c.lock_token)
from private.claim_jobs('w', 1, array['test.work'], now() + interval '1 minute') as c;
-- The worker that asked for the other died, and that was the last attempt.
create temporary table dead as
select * from private.claim_jobs('w', 1, array['test.work'], now() + interval '1 minute');
select private.reap_due_job(d.id, d.lease_expires_at) from dead as d;

select results_eq(
  'select status, count(*) from public.jobs group by status order by status',
  $$ values ('cancelled', 2::bigint), ('completed', 1), ('failed', 1) $$, 'two were cancelled, one was lost'
);
select set_eq(
  'select private.unwanted_orders(now() + interval ''1 hour'')',
  $$ select pg_temp.job(1) union select d.id from dead as d $$, 'theirs are unwanted; what has ended by itself is over'
);
select private.cancel_orders(o) from private.unwanted_orders(now() + interval '1 hour') as o;
select set_eq(
  $$ select payload from public.jobs where type = 'provider.cancel_order' and status = 'queued' $$,
  $$
    select jsonb_build_object(
      'provider', 'acme', 'external_id', j.state ->> 'external_id', 'job_id', j.id, 'operation', 'draw'
    )
    from public.jobs as j
    where j.id = pg_temp.job(1) or j.id in (select d.id from dead as d)
  $$,
  'a worker is to cancel them'
);
select is_empty('select private.unwanted_orders(now() + interval ''1 hour'')', 'once');
select private.cancel_orders(pg_temp.job(1));
select is((select count(*) from public.jobs as j where j.type = 'provider.cancel_order'), 2::bigint, 'however often it is asked');
select is((select l.queued from private.job_lanes as l where l.type = 'provider.cancel_order'), 2, 'they wait in their lane');

select pg_temp.order(5, 'bbbbbbbb-0000-4000-8000-000000000002');
select private.reap_due_job(pg_temp.job(5), now() + interval '1 hour');
select private.cancel_orders(o) from private.unwanted_orders(now() + interval '1 hour') as o;
select pg_temp.order(6, 'bbbbbbbb-0000-4000-8000-000000000002');
select tests.delete_user('bbbbbbbb-0000-4000-8000-000000000002');
select private.cancel_orders(o) from private.unwanted_orders(now() + interval '1 hour') as o;
select set_eq(
  $$
    select payload ->> 'external_id', status from public.jobs
    where type = 'provider.cancel_order' and user_id = 'bbbbbbbb-0000-4000-8000-000000000002'
  $$,
  $$ values ('order-5', 'queued'), ('order-6', 'queued') $$,
  'one past its deadline, and all of a user who leaves'
);
select is(
  (
    select count(*) from private.claim_jobs('w', 10, array['provider.cancel_order'], now(), '{acme}')
  ), 4::bigint, 'any worker takes them'
);
select is_empty('select * from private.audit_credits()', 'the books add up');

select * from finish();
rollback;
