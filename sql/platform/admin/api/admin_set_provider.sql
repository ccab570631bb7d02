create function public.admin_set_provider(
  p_name text,
  p_is_active boolean default null,
  p_max_running integer default null,
  p_fault_limit integer default null,
  p_cool_down interval default null,
  p_max_cool_down interval default null,
  p_close_circuits boolean default false
)
returns public.providers
language sql
security invoker
set search_path = ''
begin atomic
  select private.admin_set_provider(
    p_name, p_is_active, p_max_running, p_fault_limit, p_cool_down, p_max_cool_down, p_close_circuits
  );
end;
grant execute on function public.admin_set_provider(
  text, boolean, integer, integer, interval, interval, boolean
) to authenticated;
comment on function public.admin_set_provider(
  text, boolean, integer, integer, interval, interval, boolean
) is
  'An admin changes how careful we are with a provider and returns the row; null leaves as it is, a p_max_running of 0 takes the cap away, p_close_circuits lets work go there again at once. Errors: PT403 admin_only; PT404 provider_not_found; PT400 input_invalid, argument_missing, argument_too_long.';
