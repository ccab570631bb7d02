-- The gate: prices the requests, holds their credits and enqueues their jobs, or
-- fails whole with one clear error. Product rows are locked before; then lanes in
-- order, once each, then accounts. The request row's primary key is what keeps a
-- retried insert from charging twice; the hold has no key of its own, since an id
-- that was deleted and is used again is a new request.
create function private.request_jobs(
  p_requests private.job_request[],
  p_now timestamptz default now()
)
returns setof public.jobs
language plpgsql
security definer            -- jobs and holds are not the caller's to write
set search_path = ''
as $$
declare
  v_request private.job_request;
  v_type public.job_types;
  v_prices integer[];
  v_n integer := 0;
  v_hold public.credit_holds;
  v_lane record;
begin
  if coalesce(cardinality(p_requests), 0) = 0 then
    return;
  end if;
  perform private.require_active(u.user_id)
  from (select distinct r.user_id from unnest(p_requests) as r order by 1) as u;
  v_prices := private.prices_of(p_requests);

  for v_lane in
    select r.type, r.user_id, count(*)::integer as n
    from unnest(p_requests) as r
    group by r.type, r.user_id
    order by r.type, r.user_id
  loop
    v_type := private.require_job_type(v_lane.type);
    perform private.add_to_lane(v_lane.type, v_lane.user_id, v_lane.n, 0::smallint, p_now, v_type.max_queued_per_user);
  end loop;

  perform private.require_credits(
    array(select r.user_id from unnest(p_requests) as r), v_prices, p_now
  );
  foreach v_request in array p_requests loop
    select * into v_type from public.job_types as t where t.type = v_request.type;
    v_n := v_n + 1;
    v_hold := null;
    if v_prices[v_n] > 0 then
      v_hold := private.hold_credits(
        v_request.user_id, v_prices[v_n],
        v_request.operation || coalesce(' ' || nullif(v_request.variant, ''), ''),
        jsonb_build_object('operation', v_request.operation, 'subject_id', v_request.subject_id),
        p_expires_in => null, p_now => p_now
      );
    end if;
    return query
      insert into public.jobs as j (
        user_id, type, subject_id, payload, max_attempts, run_at, price, hold_id, deadline, due_at
      )
      values (
        v_request.user_id, v_request.type, v_request.subject_id,
        coalesce(v_request.payload, '{}'::jsonb), v_type.max_attempts, p_now, v_prices[v_n], v_hold.id,
        p_now + v_type.deadline, p_now + v_type.deadline
      )
      returning *;
  end loop;
end;
$$;
