-- Ends a locked job whose result is known. If on_success raises, the result is
-- kept and only the handler is tried again by the sweep, a few times; then the
-- job fails, its hold is released and the error is kept.
create function private.succeed_locked_job(p_job public.jobs, p_now timestamptz)
returns public.jobs
language plpgsql
set search_path = ''
as $$
declare
  v_job public.jobs := p_job;
begin
  if private.try_handler(
    (select t.on_success from public.job_types as t where t.type = p_job.type), v_job
  ) then
    return private.end_job(v_job, 'completed', 'completed', null, p_now);
  end if;
  if p_job.handler_attempts + 1 >= 5 or p_now >= p_job.deadline then
    return private.fail_locked_job(v_job, 'The result could not be stored.', false, p_now);
  end if;
  update public.jobs as j
  set
    status = 'waiting',
    result = p_job.result,
    handler_attempts = j.handler_attempts + 1,
    lock_token = null,
    lease_expires_at = null,
    due_at = least(p_now + interval '5 seconds' * power(2, p_job.handler_attempts), p_job.deadline)
  where j.id = p_job.id
  returning * into v_job;
  return v_job;
end;
$$;
