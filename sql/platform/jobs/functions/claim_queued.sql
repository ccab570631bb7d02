-- One round of a fair claim: over one lane, or over at most twenty.
create function private.claim_queued(
  p_worker text,
  p_limit integer,
  p_type public.job_types,
  p_one boolean,
  p_now timestamptz
)
returns setof public.jobs
language plpgsql
set search_path = ''
as $$
declare
  v_lane record;
  v_next_priority smallint;
  v_next_run_at timestamptz;
  v_claimed integer := 0;
  v_got integer;
  v_share integer;
begin
  for v_lane in
    select l.*, count(*) over () as lanes
    from private.lock_ready_lanes(p_type.type, p_type.max_running_per_user, p_one, p_now) as l
    order by l.running, l.next_at
  loop
    exit when v_claimed >= p_limit;
    -- An even share of what is asked, at least one, never over the user's cap.
    v_share := least(
      p_type.max_running_per_user - v_lane.running,
      greatest(1, p_limit / v_lane.lanes::integer),
      p_limit - v_claimed
    );
    return query
      update public.jobs as j
      set
        status = 'processing',
        attempts = j.attempts + 1,
        lock_token = gen_random_uuid(),
        worker = p_worker,
        lease_expires_at = p_now + p_type.lease,
        due_at = least(p_now + p_type.lease, j.deadline),
        started_at = p_now
      where j.id = any (array(
        select q.id
        from public.jobs as q
        where q.status = 'queued' and q.type = p_type.type and q.user_id = v_lane.user_id
          and (q.priority, q.run_at) >= (v_lane.low_priority, v_lane.low_run_at)
          and q.run_at <= p_now and q.deadline > p_now
        order by q.priority, q.run_at, q.id
        limit v_share
        for no key update skip locked
      ))
      returning j.*;
    get diagnostics v_got = row_count;
    v_claimed := v_claimed + v_got;

    -- Where the lane's queue starts now, and when its next job is due. Jobs past their
    -- deadline are the reaper's.
    if v_lane.queued - v_got > 0 then
      select q.priority, q.run_at into v_next_priority, v_next_run_at
      from public.jobs as q
      where q.status = 'queued' and q.type = p_type.type and q.user_id = v_lane.user_id
        and (q.priority, q.run_at) >= (v_lane.low_priority, v_lane.low_run_at)
        and q.deadline > p_now
      order by q.priority, q.run_at
      limit 1;
    end if;
    update private.job_lanes as l
    set
      queued = l.queued - v_got,
      running = l.running + v_got,
      next_at = case
        when l.queued - v_got = 0 then 'infinity'
        when v_next_run_at <= p_now then v_next_run_at
        else private.next_run_at(p_type.type, v_lane.user_id, p_now)
      end,
      low_priority = case when l.queued - v_got = 0 then 0 else coalesce(v_next_priority, 0) end,
      low_run_at = case when l.queued - v_got = 0 then '-infinity' else coalesce(v_next_run_at, '-infinity') end
    where l.type = p_type.type and l.user_id = v_lane.user_id;
  end loop;
end;
$$;
