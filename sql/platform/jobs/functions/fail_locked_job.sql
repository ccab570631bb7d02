-- Ends or requeues a locked job that did not succeed. The product's on_failure
-- runs at the end only; if it raises, the job ends all the same.
create function private.fail_locked_job(
  p_job public.jobs,
  p_error text,
  p_retryable boolean,
  p_now timestamptz default now(),
  p_outcome text default 'failed',
  p_retry_in interval default null
)
returns public.jobs
language plpgsql
set search_path = ''
as $$
declare
  v_job public.jobs := p_job;
  v_type public.job_types;
  v_run_at timestamptz;
begin
  select * into v_type from public.job_types as t where t.type = p_job.type;
  if p_retryable and p_job.attempts < p_job.max_attempts then
    -- Half of the backoff is certain, half is jitter: a burst that failed together
    -- does not come back together.
    v_run_at := p_now + case
      -- Past its deadline a job is not tried again, however long the provider says.
      when p_retry_in is not null then least(greatest(p_retry_in, interval '0'), v_type.deadline)
      else least(v_type.backoff * power(2, least(greatest(p_job.attempts - 1, 0), 20)), v_type.max_backoff)
        * (0.5 + random() / 2)
    end;
    if v_run_at < p_job.deadline then
      return private.requeue_locked_job(p_job, v_run_at, p_outcome, p_error);
    end if;
  end if;

  v_job.error := p_error;
  perform private.try_handler(v_type.on_failure, v_job);
  return private.end_job(p_job, 'failed', p_outcome, p_error, p_now);
end;
$$;
