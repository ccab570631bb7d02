-- Cancels many jobs whose product rows are locked already or gone.
create function private.cancel_jobs(p_job_ids uuid[], p_reason text, p_now timestamptz default now())
returns void
language plpgsql
security definer            -- jobs are not the caller's to write
set search_path = ''
as $$
declare
  v_job public.jobs;
begin
  perform private.lock_jobs(p_job_ids);
  for v_job in
    select *
    from public.jobs as j
    where j.id = any (p_job_ids) and j.finished_at is null
    order by j.user_id, j.id
  loop
    perform private.cancel_locked_job(v_job, p_reason, p_now);
  end loop;
end;
$$;
