-- The owner stops a job: it ends, its hold returns, a worker that has it loses its
-- lease. Repeating it returns the row; an ended job is PT409.
create function private.cancel_job(p_job_id uuid, p_now timestamptz default now())
returns public.jobs
language plpgsql
security definer            -- jobs and product rows are not the caller's to write
set search_path = ''
as $$
declare
  v_user_id uuid := private.require_user_id();
  v_job public.jobs;
begin
  -- Somebody else's job is as missing as none, and is not locked.
  if not exists (
    select 1 from public.jobs as j
    where j.id = p_job_id and (j.user_id = v_user_id or private.is_admin())
  ) then
    raise exception using
      errcode = 'PT404', message = 'job_not_found',
      detail = format('You have no job %s.', coalesce(p_job_id::text, 'null')),
      hint = 'Send the id of a job of yours.';
  end if;
  v_job := private.lock_job(p_job_id);
  if v_job.status = 'cancelled' then
    return v_job;
  end if;
  if v_job.finished_at is not null then
    raise exception using
      errcode = 'PT409', message = 'job_already_ended',
      detail = format('Job %s is %s.', p_job_id, v_job.status),
      hint = 'Only a job that is not finished can be cancelled.';
  end if;
  return private.cancel_locked_job(v_job, 'Cancelled by the user.', p_now);
end;
$$;
grant execute on function private.cancel_job(uuid, timestamptz) to authenticated;
