-- Gives a claimed job a route, and with it a place under the provider's caps until
-- the job ends or starts over. p_exclude are routes that just failed it.
create function private.route_job(
  p_job_id uuid,
  p_lock_token uuid,
  p_providers text[],
  p_exclude uuid[] default '{}',
  p_now timestamptz default now()
)
returns jsonb
language plpgsql
security definer            -- jobs, routes and circuits are not the caller's to write
set search_path = ''
as $$
declare
  v_job public.jobs;
  v_providers text[] := coalesce(p_providers, '{}');
  v_variant text;
  v_route public.provider_routes;
begin
  select * into v_job from public.jobs as j where j.id = p_job_id for no key update;
  if not found then
    raise exception using
      errcode = 'PT404', message = 'job_not_found',
      detail = format('There is no job %s.', coalesce(p_job_id::text, 'null')),
      hint = 'Send the id of a job.';
  end if;
  perform private.require_lease(v_job, p_lock_token, p_now);
  v_variant := coalesce(v_job.payload ->> 'variant', '');
  if v_job.payload ->> 'provider' is not null then
    v_providers := array(
      select p from unnest(v_providers) as p where p = v_job.payload ->> 'provider'
    );
  end if;

  v_route := private.choose_route(
    v_job.type, v_variant, v_providers, p_exclude, v_job.route_id, p_now
  );
  update public.jobs as j
  set route_id = v_route.id
  where j.id = p_job_id and j.route_id is distinct from v_route.id;
  if v_route.id is null then
    return jsonb_build_object(
      'route', null,
      'wait_seconds', private.route_wait(v_job.type, v_variant, v_providers, p_now)
    );
  end if;
  return jsonb_build_object(
    'route', jsonb_build_object(
      'id', v_route.id,
      'provider', v_route.provider,
      'model', v_route.model,
      'timeout_seconds', ceil(extract(epoch from v_route.timeout))::integer,
      'settings', v_route.settings
    )
  );
end;
$$;
grant execute on function private.route_job(uuid, uuid, text[], uuid[], timestamptz) to service_role;
