-- The one place where a locked job ends: status, lane, attempt and credits in one
-- transaction. p_outcome is how the attempt ended, if one ran.
create function private.end_job(
  p_job public.jobs,
  p_status text,
  p_outcome text,
  p_error text default null,
  p_now timestamptz default now()
)
returns public.jobs
language plpgsql
set search_path = ''
as $$
declare
  v_job public.jobs;
begin
  update public.jobs as j
  set
    status = p_status,
    result = p_job.result,
    error = left(p_error, 2000),
    progress = case when p_status = 'completed' then 100 else j.progress end,
    lock_token = null,
    lease_expires_at = null,
    due_at = null,
    finished_at = p_now
  where j.id = p_job.id
  returning * into v_job;

  perform private.leave_lane(p_job);
  if p_job.status in ('processing', 'waiting') then
    perform private.record_attempt(p_job, p_outcome, p_error);
  end if;
  perform private.settle_hold(v_job, p_now);
  -- Cancelled or given up by us, not by the provider: it goes on, and charges for it,
  -- until a sweep has it told.
  if p_outcome in ('cancelled', 'deadline_passed', 'lease_expired') and p_job.state is not null then
    update private.provider_tasks as k
    set unwanted_at = p_now
    where k.provider = p_job.state ->> 'provider' and k.external_id = p_job.state ->> 'external_id'
      and k.job_id = p_job.id and k.called_back_at is null;
  end if;
  return v_job;
end;
$$;
