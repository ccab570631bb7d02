-- Enqueues one more job under an open hold that still has its price to give: what is
-- held, less what is captured and what open jobs will take. The answer is null when
-- the hold ended or is used up. The user has had a job of this type, so the lane is
-- there to be locked first.
create function private.continue_hold(
  p_request private.job_request,
  p_hold_id uuid,
  p_price integer,
  p_now timestamptz default now()
)
returns public.jobs
language plpgsql
security definer            -- jobs and holds are not the caller's to write
set search_path = ''
as $$
declare
  v_hold public.credit_holds;
  v_job public.jobs;
begin
  perform 1
  from private.job_lanes as l
  where l.type = p_request.type and l.user_id = p_request.user_id
  for no key update;
  if p_price > 0 then
    if p_hold_id is null then
      return null;
    end if;
    v_hold := private.lock_hold(p_hold_id, p_now);
    if v_hold.status <> 'held' or v_hold.user_id <> p_request.user_id
      or v_hold.amount - v_hold.captured - p_price < (
        select coalesce(sum(j.price), 0)
        from public.jobs as j
        where j.hold_id = p_hold_id and j.finished_at is null
      ) then
      return null;
    end if;
  end if;
  perform private.add_to_lane(p_request.type, p_request.user_id, 1, 0::smallint, p_now);
  insert into public.jobs as j (
    user_id, type, subject_id, payload, max_attempts, run_at, price, hold_id, deadline, due_at
  )
  select
    p_request.user_id, t.type, p_request.subject_id, coalesce(p_request.payload, '{}'::jsonb),
    t.max_attempts, p_now, p_price, p_hold_id, p_now + t.deadline, p_now + t.deadline
  from public.job_types as t
  where t.type = p_request.type
  returning * into v_job;
  return v_job;
end;
$$;
