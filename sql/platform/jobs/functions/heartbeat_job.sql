-- Extends the lease and notes the progress. Touches the job row alone, and not more
-- often than twice a second (four times a lease, if that is short): who watches the
-- row is told as often, and a worker that reports every percent writes no more.
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
  v_lease interval;
begin
  if p_progress not between 0 and 100 then
    raise exception using
      errcode = 'PT400', message = 'progress_invalid',
      detail = format('The progress is %s.', p_progress), hint = 'Send 0 to 100.';
  end if;
  select * into v_job from public.jobs as j where j.id = p_job_id;
  if not found then
    raise exception using
      errcode = 'PT404', message = 'job_not_found',
      detail = format('There is no job %s.', coalesce(p_job_id::text, 'null')),
      hint = 'Send the id of a job.';
  end if;
  perform private.require_lease(v_job, p_lock_token, p_now);
  select t.lease into v_lease from public.job_types as t where t.type = v_job.type;
  if p_now < v_job.lease_expires_at - v_lease + least(interval '500 milliseconds', v_lease / 4) then
    return v_job;
  end if;

  select * into v_job from public.jobs as j where j.id = p_job_id for no key update;
  perform private.require_lease(v_job, p_lock_token, p_now);
  update public.jobs as j
  set
    lease_expires_at = p_now + v_lease,
    due_at = least(p_now + v_lease, j.deadline),
    progress = coalesce(p_progress, j.progress)
  where j.id = p_job_id
  returning j.* into v_job;
  return v_job;
end;
$$;
grant execute on function private.heartbeat_job(uuid, uuid, integer, timestamptz) to service_role;
