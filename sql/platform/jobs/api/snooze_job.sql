create function public.snooze_job(
  p_job_id uuid,
  p_lock_token uuid,
  p_run_at timestamptz,
  p_state jsonb default null
)
returns public.jobs
language sql
security invoker
set search_path = ''
begin atomic
  select private.snooze_job(p_job_id, p_lock_token, p_run_at, p_state);
end;
grant execute on function public.snooze_job(uuid, uuid, timestamptz, jsonb) to service_role;
comment on function public.snooze_job(uuid, uuid, timestamptz, jsonb) is
  'Lays a claimed job aside until p_run_at: waiting with a state {provider, external_id, …}, queued without. Errors: PT409 lease_lost; PT404 job_not_found; PT400 state_invalid, argument_missing.';
