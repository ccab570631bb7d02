create function public.complete_job(
  p_job_id uuid,
  p_lock_token uuid,
  p_result jsonb default '{}'::jsonb
)
returns public.jobs
language sql
security invoker
set search_path = ''
begin atomic
  select private.complete_job(p_job_id, p_lock_token, p_result);
end;
grant execute on function public.complete_job(uuid, uuid, jsonb) to service_role;
comment on function public.complete_job(uuid, uuid, jsonb) is
  'Ends a claimed job with success: product rows, capture of its price and the end are one transaction. Errors: PT409 lease_lost; PT404 job_not_found; PT400 result_too_large.';
