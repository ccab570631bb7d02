-- Locks a job for the worker that has its lease. Anyone else, a worker that
-- outlived its lease included, is told PT409 lease_lost and changes nothing.
create function private.lock_claimed_job(
  p_job_id uuid,
  p_lock_token uuid,
  p_now timestamptz default now()
)
returns public.jobs
language plpgsql
security definer            -- jobs are not the caller's to lock
set search_path = ''
as $$
declare
  v_job public.jobs := private.lock_job(p_job_id);
begin
  perform private.require_lease(v_job, p_lock_token, p_now);
  return v_job;
end;
$$;
