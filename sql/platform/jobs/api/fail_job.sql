create function public.fail_job(
  p_job_id uuid,
  p_lock_token uuid,
  p_error text,
  p_retryable boolean default true,
  p_retry_in interval default null,
  p_provider_fault boolean default false
)
returns public.jobs
language sql
security invoker
set search_path = ''
begin atomic
  select private.fail_job(
    p_job_id, p_lock_token, p_error, p_retryable, p_retry_in, p_provider_fault => p_provider_fault
  );
end;
grant execute on function public.fail_job(uuid, uuid, text, boolean, interval, boolean) to service_role;
comment on function public.fail_job(uuid, uuid, text, boolean, interval, boolean) is
  'Reports a failed attempt with words for the user. Retryable: queued again with backoff and jitter, or after p_retry_in; else, or when attempts or deadline are used up, the job ends and its hold returns. With p_provider_fault the run uses up no attempt, at most twenty times in a row. Errors: PT409 lease_lost; PT404 job_not_found.';
