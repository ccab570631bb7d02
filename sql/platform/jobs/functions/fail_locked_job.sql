-- Ends or requeues a locked job that did not succeed. The product's on_failure
-- runs at the end only; if it raises, the job ends all the same. A provider's faults
-- use up no attempt until there are twenty, more than an hour of them: work
-- that brings its provider down must end too, and one that is down for an hour may say
-- "at once" (Retry-After: 0) each time.
create function private.fail_locked_job(
  p_job public.jobs,
  p_error text,
  p_retryable boolean,
  p_now timestamptz default now(),
  p_outcome text default 'failed',
  p_retry_in interval default null,
  p_provider_fault boolean default false
)
returns public.jobs
language plpgsql
set search_path = ''
as $$
declare
  v_job public.jobs := p_job;
  v_type public.job_types;
  v_is_fault boolean := p_provider_fault and p_job.faults < 20;
  v_error text := case
    when p_provider_fault then 'The provider was not available for too long. Please try again later.'
    else p_error
  end;
  v_run_at timestamptz;
begin
  select * into v_type from public.job_types as t where t.type = p_job.type;
  if p_retryable and (v_is_fault or p_job.attempts < p_job.max_attempts) then
    -- Half of the backoff is certain, half is jitter: a burst that failed together
    -- does not come back together.
    v_run_at := p_now + case
      -- Past its deadline a job is not tried again, however long the provider says.
      when p_retry_in is not null then least(
        greatest(
          p_retry_in,
          case
            when v_is_fault then least(interval '1 second' * power(2, p_job.faults), interval '10 minutes')
            else interval '0'
          end
        ),
        v_type.deadline
      )
      else (0.5 + random() / 2) * case
        when v_is_fault then least(interval '15 seconds' * power(2, p_job.faults), interval '10 minutes')
        else least(v_type.backoff * power(2, least(greatest(p_job.attempts - 1, 0), 20)), v_type.max_backoff)
      end
    end;
    if v_run_at < p_job.deadline and v_is_fault then
      update public.jobs as j
      set faults = j.faults + 1, state = null
      where j.id = p_job.id;
      return private.requeue_locked_job(p_job, v_run_at, null, p_error);
    elsif v_run_at < p_job.deadline then
      return private.requeue_locked_job(p_job, v_run_at, p_outcome, p_error);
    end if;
  end if;

  v_job.error := v_error;
  perform private.try_handler(v_type.on_failure, v_job);
  return private.end_job(p_job, 'failed', p_outcome, v_error, p_now);
end;
$$;
