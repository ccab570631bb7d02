-- An admin adds a route or changes it. Null leaves as it is (or the default of a new
-- one); 0 takes a cap away.
create function private.admin_set_route(
  p_operation text,
  p_provider text,
  p_variant text default '',
  p_model text default '',
  p_priority integer default null,
  p_weight integer default null,
  p_timeout interval default null,
  p_max_running integer default null,
  p_settings jsonb default null,
  p_is_active boolean default null
)
returns public.provider_routes
language plpgsql
security definer            -- routes are not the admin's to write
set search_path = ''
as $$
declare
  v_route public.provider_routes;
begin
  perform private.require_admin();
  perform private.check_text('p_operation', p_operation, 100);
  perform private.check_text('p_provider', p_provider, 50);
  if not exists (select 1 from public.providers as s where s.name = p_provider) then
    raise exception using
      errcode = 'PT404', message = 'provider_not_found',
      detail = format('There is no provider "%s".', left(p_provider, 50)),
      hint = 'The providers are in public.providers.';
  end if;
  begin
    insert into public.provider_routes (operation, variant, provider, model)
    values (p_operation, coalesce(p_variant, ''), p_provider, coalesce(p_model, ''))
    on conflict (operation, variant, provider, model) do nothing;
    update public.provider_routes as r
    set
      priority = coalesce(p_priority, r.priority),
      weight = coalesce(p_weight, r.weight),
      timeout = coalesce(p_timeout, r.timeout),
      max_running = nullif(coalesce(p_max_running, r.max_running), 0),
      settings = coalesce(p_settings, r.settings),
      is_active = coalesce(p_is_active, r.is_active)
    where r.operation = p_operation and r.variant = coalesce(p_variant, '')
      and r.provider = p_provider and r.model = coalesce(p_model, '')
    returning * into v_route;
  exception when check_violation then
    raise exception using
      errcode = 'PT400', message = 'input_invalid', detail = sqlerrm,
      hint = 'weight 1 to 1000, timeout 1 second to 1 day, max_running from 0, settings a small object.';
  end;
  perform private.log_admin_action(
    'set_route', 'provider_route', v_route.id, to_jsonb(v_route) - 'created_at' - 'updated_at'
  );
  return v_route;
end;
$$;
grant execute on function private.admin_set_route(
  text, text, text, text, integer, integer, interval, integer, jsonb, boolean
) to authenticated;
