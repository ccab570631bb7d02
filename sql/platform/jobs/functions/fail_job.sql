-- A worker's failure. p_error is shown to the user. Retryable: queued again with
-- backoff and jitter while attempts and deadline allow, else the job ends.
-- p_retry_in overrides the backoff (a provider's Retry-After). A provider's fault is
-- not the work's: it uses up no attempt.
create function private.fail_job(
  p_job_id uuid,
  p_lock_token uuid,
  p_error text,
  p_retryable boolean default true,
  p_retry_in interval default null,
  p_now timestamptz default now(),
  p_provider_fault boolean default false
)
returns public.jobs
language plpgsql
security definer            -- jobs and product rows are not the caller's to write
set search_path = ''
as $$
declare
  v_job public.jobs := private.lock_claimed_job(p_job_id, p_lock_token, p_now);
begin
  return private.fail_locked_job(
    v_job, coalesce(nullif(btrim(p_error), ''), 'The work failed.'), coalesce(p_retryable, true),
    p_now, 'failed', p_retry_in, coalesce(p_provider_fault, false)
  );
end;
$$;
grant execute on function private.fail_job(uuid, uuid, text, boolean, interval, timestamptz, boolean) to service_role;
