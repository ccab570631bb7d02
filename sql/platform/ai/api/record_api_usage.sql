create function public.record_api_usage(
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
language sql
security invoker
set search_path = ''
begin atomic
  select private.record_api_usage(
    p_job_id, p_api_provider, p_operation_type, p_request, p_response,
    p_status_code, p_response_time, p_error, p_model, p_quantity,
    p_outcome, p_retry_after
  );
end;
grant execute on function public.record_api_usage(
  uuid, text, text, jsonb, jsonb, integer, numeric, text, text, numeric, text, integer
) to service_role;
comment on function public.record_api_usage(
  uuid, text, text, jsonb, jsonb, integer, numeric, text, text, numeric, text, integer
) is
  'Logs a provider call of a job; p_response_time and p_retry_after are in seconds; the cost is p_quantity times the price of api_costs. p_outcome ok, taken (an order) or fault is what it says about the provider, whose circuit counts it; null says nothing. Errors: PT404 job_not_found; PT400 argument_missing, argument_too_long, metadata_invalid.';
