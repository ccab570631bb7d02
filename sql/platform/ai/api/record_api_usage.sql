create function public.record_api_usage(
  p_job_id uuid,
  p_api_provider text,
  p_operation_type text,
  p_request jsonb default null,
  p_response jsonb default null,
  p_status_code integer default null,
  p_response_time numeric default null,
  p_error text default null
)
returns void
language sql
security invoker
set search_path = ''
begin atomic
  select private.record_api_usage(
    p_job_id, p_api_provider, p_operation_type, p_request, p_response,
    p_status_code, p_response_time, p_error
  );
end;
grant execute on function public.record_api_usage(uuid, text, text, jsonb, jsonb, integer, numeric, text)
  to service_role;
comment on function public.record_api_usage(uuid, text, text, jsonb, jsonb, integer, numeric, text) is
  'Logs a provider call of a job; p_response_time is in seconds, the cost comes from api_costs. Errors: PT404 job_not_found; PT400 argument_missing, argument_too_long, metadata_invalid.';
