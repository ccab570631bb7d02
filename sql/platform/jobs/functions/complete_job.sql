-- A worker's success: the result, the product's rows, the capture and the end of
-- the job in one transaction.
create function private.complete_job(
  p_job_id uuid,
  p_lock_token uuid,
  p_result jsonb default '{}'::jsonb,
  p_now timestamptz default now()
)
returns public.jobs
language plpgsql
security definer            -- jobs and product rows are not the caller's to write
set search_path = ''
as $$
declare
  v_job public.jobs;
begin
  if pg_column_size(p_result) > 1048576 then
    raise exception using
      errcode = 'PT400', message = 'result_too_large',
      detail = 'The result is larger than 1 MB.', hint = 'Store files in storage, not in the result.';
  end if;
  v_job := private.lock_claimed_job(p_job_id, p_lock_token, p_now);
  v_job.result := coalesce(p_result, '{}'::jsonb);
  return private.succeed_locked_job(v_job, p_now);
end;
$$;
grant execute on function private.complete_job(uuid, uuid, jsonb, timestamptz) to service_role;
