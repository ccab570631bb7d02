-- An admin changes how careful we are with a provider. Null leaves as it is; 0 takes
-- the cap away. Closing the circuits lets work go there again at once.
create function private.admin_set_provider(
  p_name text,
  p_is_active boolean default null,
  p_max_running integer default null,
  p_fault_limit integer default null,
  p_cool_down interval default null,
  p_max_cool_down interval default null,
  p_close_circuits boolean default false
)
returns public.providers
language plpgsql
security definer            -- providers are not the admin's to write
set search_path = ''
as $$
declare
  v_provider public.providers;
begin
  perform private.require_admin();
  perform private.check_text('p_name', p_name, 50);
  begin
    update public.providers as s
    set
      is_active = coalesce(p_is_active, s.is_active),
      max_running = nullif(coalesce(p_max_running, s.max_running), 0),
      fault_limit = coalesce(p_fault_limit, s.fault_limit),
      cool_down = coalesce(p_cool_down, s.cool_down),
      max_cool_down = coalesce(p_max_cool_down, s.max_cool_down)
    where s.name = p_name
    returning * into v_provider;
  exception when check_violation then
    raise exception using
      errcode = 'PT400', message = 'input_invalid', detail = sqlerrm,
      hint = 'fault_limit 1 to 1000, cool_down from 1 second up to max_cool_down, at most 1 day.';
  end;
  if v_provider.name is null then
    raise exception using
      errcode = 'PT404', message = 'provider_not_found',
      detail = format('There is no provider "%s".', p_name),
      hint = 'The providers are in public.providers.';
  end if;
  if p_close_circuits then
    delete from public.provider_circuits as c where c.provider = p_name;
  end if;
  perform private.log_admin_action(
    'set_provider', 'provider', null,
    to_jsonb(v_provider) - 'created_at' - 'updated_at'
      || jsonb_build_object('close_circuits', p_close_circuits)
  );
  return v_provider;
end;
$$;
grant execute on function private.admin_set_provider(
  text, boolean, integer, integer, interval, interval, boolean
) to authenticated;
