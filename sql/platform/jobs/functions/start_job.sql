-- Tells the product that a claimed job begins: its on_start runs here, in its own
-- transaction, because a claim never touches product rows.
create function private.start_job(p_job_id uuid, p_lock_token uuid, p_now timestamptz default now())
returns public.jobs
language plpgsql
security definer            -- jobs and product rows are not the caller's to write
set search_path = ''
as $$
declare
  v_job public.jobs := private.lock_claimed_job(p_job_id, p_lock_token, p_now);
begin
  if not private.try_handler(
    (select t.on_start from public.job_types as t where t.type = v_job.type), v_job
  ) then
    return private.fail_locked_job(v_job, 'The work could not be started.', false, p_now);
  end if;
  return v_job;
end;
$$;
grant execute on function private.start_job(uuid, uuid, timestamptz) to service_role;
