create function public.start_job(
  p_job_id uuid,
  p_lock_token uuid
)
returns public.jobs
language sql
security invoker
set search_path = ''
begin atomic
  select private.start_job(p_job_id, p_lock_token);
end;
grant execute on function public.start_job(uuid, uuid) to service_role;
comment on function public.start_job(uuid, uuid) is
  'Tells the product that a claimed job begins and returns the job. Errors: PT409 lease_lost; PT404 job_not_found.';
