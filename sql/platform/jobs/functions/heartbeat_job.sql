-- Extends the lease and notes the progress. Touches the job row alone.
create function private.heartbeat_job(
  p_job_id uuid,
  p_lock_token uuid,
  p_progress integer default null,
  p_now timestamptz default now()
)
returns public.jobs
language plpgsql
security definer            -- jobs are not the caller's to write
set search_path = ''
as $$
declare
  v_job public.jobs;
begin
  if p_progress not between 0 and 100 then
    raise exception using
      errcode = 'PT400', message = 'progress_invalid',
      detail = format('The progress is %s.', p_progress), hint = 'Send 0 to 100.';
  end if;
  select * into v_job from public.jobs as j where j.id = p_job_id for no key update;
  if not found then
    raise exception using
      errcode = 'PT404', message = 'job_not_found',
      detail = format('There is no job %s.', coalesce(p_job_id::text, 'null')),
      hint = 'Send the id of a job.';
  end if;
  perform private.require_lease(v_job, p_lock_token, p_now);
  update public.jobs as j
  set
    lease_expires_at = p_now + t.lease,
    due_at = least(p_now + t.lease, j.deadline),
    progress = coalesce(p_progress, j.progress)
  from public.job_types as t
  where j.id = p_job_id and t.type = j.type
  returning j.* into v_job;
  return v_job;
end;
$$;
grant execute on function private.heartbeat_job(uuid, uuid, integer, timestamptz) to service_role;
