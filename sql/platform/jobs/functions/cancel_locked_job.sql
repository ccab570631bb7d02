create function private.cancel_locked_job(p_job public.jobs, p_reason text, p_now timestamptz)
returns public.jobs
language plpgsql
set search_path = ''
as $$
declare
  v_job public.jobs := p_job;
begin
  v_job.error := p_reason;
  perform private.try_handler(
    (select t.on_cancel from public.job_types as t where t.type = p_job.type), v_job
  );
  return private.end_job(p_job, 'cancelled', 'cancelled', p_reason, p_now);
end;
$$;
