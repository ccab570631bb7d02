-- Logs a provider call of a job, and counts in the provider's circuit what it says
-- about it. A call that failed cost nothing that we know of.
create function private.record_api_usage(
  p_job_id uuid,
  p_api_provider text,
  p_operation_type text,
  p_request jsonb default null,
  p_response jsonb default null,
  p_status_code integer default null,
  p_response_time numeric default null,
  p_error text default null,
  p_model text default null,
  p_quantity numeric default 1,
  p_outcome text default null,
  p_retry_after integer default null
)
returns void
language plpgsql
security definer            -- the log is not the caller's to write
set search_path = ''
as $$
declare
  v_job public.jobs;
  v_is_here boolean;
  v_quantity numeric := least(greatest(coalesce(p_quantity, 1), 0), 1000000);
begin
  perform private.check_text('p_api_provider', p_api_provider, 100);
  perform private.check_text('p_operation_type', p_operation_type, 100);
  if pg_column_size(p_request) > 65536 or pg_column_size(p_response) > 65536 then
    raise exception using
      errcode = 'PT400', message = 'metadata_invalid',
      detail = 'A logged request or answer is larger than 64 kB.', hint = 'Log a summary.';
  end if;
  select * into v_job from public.jobs as j where j.id = p_job_id;
  if not found then
    raise exception using
      errcode = 'PT404', message = 'job_not_found',
      detail = format('There is no job %s.', coalesce(p_job_id::text, 'null')),
      hint = 'Send the id of a job.';
  end if;
  -- Of a call that ends after its user left, only what it cost is kept.
  select p.deleted_at is null into v_is_here
  from public.profiles as p
  where p.id = v_job.user_id
  for share;
  insert into public.api_usage_logs (
    user_id, job_id, api_provider, operation_type, model, quantity, request_data, response_data,
    status_code, response_time, cost, error_message
  )
  values (
    v_job.user_id, p_job_id, p_api_provider, p_operation_type, left(p_model, 200), v_quantity,
    case when v_is_here then p_request end, case when v_is_here then p_response end, p_status_code,
    least(greatest(p_response_time, 0), 99999999),
    -- least() passes over null, and a price that nobody knows is null.
    (
      select least(v_quantity * c.cost, 999999)
      from private.api_cost(p_api_provider, p_operation_type, p_model => p_model) as c (cost)
      where c.cost is not null and p_error is null
    ),
    case when v_is_here then left(p_error, 2000) end
  );
  perform private.note_provider_call(
    p_api_provider, v_job.type, p_outcome, p_job_id, p_status_code,
    make_interval(secs => p_retry_after)
  );
end;
$$;
grant execute on function private.record_api_usage(
  uuid, text, text, jsonb, jsonb, integer, numeric, text, text, numeric, text, integer
) to service_role;
