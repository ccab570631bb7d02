create function public.admin_set_route(
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
language sql
security invoker
set search_path = ''
begin atomic
  select private.admin_set_route(
    p_operation, p_provider, p_variant, p_model, p_priority, p_weight, p_timeout, p_max_running,
    p_settings, p_is_active
  );
end;
grant execute on function public.admin_set_route(
  text, text, text, text, integer, integer, interval, integer, jsonb, boolean
) to authenticated;
comment on function public.admin_set_route(
  text, text, text, text, integer, integer, interval, integer, jsonb, boolean
) is
  'An admin adds or changes who does an operation and returns the row; null leaves as it is, a p_max_running of 0 takes the cap away. Errors: PT403 admin_only; PT404 provider_not_found; PT400 input_invalid, argument_missing, argument_too_long.';
