create function public.route_job(
  p_job_id uuid,
  p_lock_token uuid,
  p_providers text[],
  p_exclude uuid[] default '{}'
)
returns jsonb
language sql
security invoker
set search_path = ''
begin atomic
  select private.route_job(p_job_id, p_lock_token, p_providers, p_exclude);
end;
grant execute on function public.route_job(uuid, uuid, text[], uuid[]) to service_role;
comment on function public.route_job(uuid, uuid, text[], uuid[]) is
  'Chooses who does a claimed job, of the providers that the worker has: {route: {id, provider, model, timeout_seconds, settings}}, or {route: null, wait_seconds} when none may take it now. p_exclude are ids of routes that just failed it. Errors: PT409 lease_lost; PT404 job_not_found.';
