-- Books n more queued jobs in a lane and locks it. The start of the lane's queue
-- moves back when something earlier than it arrives.
create function private.add_to_lane(
  p_type text,
  p_user_id uuid,
  p_n integer,
  p_priority smallint,
  p_run_at timestamptz,
  p_max_queued integer default null
)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_queued integer;
begin
  insert into private.job_lanes as l (
    type, user_id, queued, next_at, low_priority, low_run_at
  )
  values (p_type, p_user_id, p_n, p_run_at, p_priority, p_run_at)
  on conflict (type, user_id) do update
  set
    queued = l.queued + p_n,
    next_at = least(l.next_at, p_run_at),
    low_priority = case
      when l.queued = 0 or (p_priority, p_run_at) < (l.low_priority, l.low_run_at) then p_priority
      else l.low_priority
    end,
    low_run_at = case
      when l.queued = 0 or (p_priority, p_run_at) < (l.low_priority, l.low_run_at) then p_run_at
      else l.low_run_at
    end
  returning l.queued into v_queued;
  if v_queued > p_max_queued then
    raise exception using
      errcode = 'PT429', message = 'queue_full',
      detail = format('At most %s jobs of type %s may wait.', p_max_queued, p_type),
      hint = 'Wait until some have finished.';
  end if;
end;
$$;
