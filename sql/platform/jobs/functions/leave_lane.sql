-- Takes a job out of its lane's counts by the status it had. The lane is locked.
create function private.leave_lane(p_job public.jobs)
returns void
language plpgsql
set search_path = ''
as $$
begin
  if p_job.status = 'queued' then
    update private.job_lanes as l
    set queued = l.queued - 1
    where l.type = p_job.type and l.user_id = p_job.user_id;
  else
    update private.job_lanes as l
    set running = l.running - 1
    where l.type = p_job.type and l.user_id = p_job.user_id;
  end if;
end;
$$;
