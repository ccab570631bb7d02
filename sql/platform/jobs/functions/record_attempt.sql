create function private.record_attempt(p_job public.jobs, p_outcome text, p_error text default null)
returns void
language plpgsql
set search_path = ''
as $$
begin
  insert into public.job_attempts as a (
    job_id, attempt, user_id, worker, outcome, error, started_at
  )
  values (
    p_job.id, p_job.attempts, p_job.user_id, p_job.worker, p_outcome,
    left(p_error, 2000), p_job.started_at
  )
  on conflict (job_id, attempt) do update
  set outcome = excluded.outcome, error = excluded.error, finished_at = excluded.finished_at;
end;
$$;
