create function public.heartbeat_job(
  p_job_id uuid,
  p_lock_token uuid,
  p_progress integer default null
)
returns public.jobs
language sql
security invoker
set search_path = ''
begin atomic
  select private.heartbeat_job(p_job_id, p_lock_token, p_progress);
end;
grant execute on function public.heartbeat_job(uuid, uuid, integer) to service_role;
comment on function public.heartbeat_job(uuid, uuid, integer) is
  'Extends the lease of a claimed job by its type''s lease and notes the progress in percent; more often than twice a second it changes nothing. Errors: PT409 lease_lost; PT404 job_not_found; PT400 progress_invalid.';
