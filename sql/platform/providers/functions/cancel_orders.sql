-- What a sweep calls: a worker is to cancel a job's open orders at their providers. Not
-- done where the job ends, which has locks that come after a lane's.
create function private.cancel_orders(p_job_id uuid, p_now timestamptz default now())
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_job public.jobs;
  v_type public.job_types := private.require_job_type('provider.cancel_order');
  v_orders jsonb[];
begin
  with unwanted as (
    update private.provider_tasks as k
    set unwanted_at = null
    where k.job_id = p_job_id and k.unwanted_at is not null
    returning k.provider, k.external_id
  )
  select array_agg(jsonb_build_object('provider', u.provider, 'external_id', u.external_id))
  into v_orders
  from unwanted as u;
  if v_orders is null then
    return;
  end if;
  select * into v_job from public.jobs as j where j.id = p_job_id;
  perform private.add_to_lane(
    v_type.type, v_job.user_id, cardinality(v_orders), 0::smallint, p_now
  );
  insert into public.jobs (user_id, type, payload, max_attempts, run_at, deadline, due_at)
  select
    v_job.user_id, v_type.type,
    o.payload || jsonb_build_object('job_id', p_job_id, 'operation', v_job.payload ->> 'operation'),
    v_type.max_attempts, p_now, p_now + v_type.deadline, p_now + v_type.deadline
  from unnest(v_orders) as o (payload);
end;
$$;
