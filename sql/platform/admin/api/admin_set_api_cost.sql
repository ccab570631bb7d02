create function public.admin_set_api_cost(
  p_api_provider text,
  p_operation_type text,
  p_cost numeric,
  p_model text default '',
  p_unit text default 'operation',
  p_effective_date date default current_date,
  p_is_active boolean default true
)
returns public.api_costs
language sql
security invoker
set search_path = ''
begin atomic
  select private.admin_set_api_cost(
    p_api_provider, p_operation_type, p_cost, p_model, p_unit, p_effective_date, p_is_active
  );
end;
grant execute on function public.admin_set_api_cost(
  text, text, numeric, text, text, date, boolean
) to authenticated;
comment on function public.admin_set_api_cost(text, text, numeric, text, text, date, boolean) is
  'An admin says what a provider charges for one unit of an operation, or of one model in it, from a day on, and returns the row. Calls that are logged keep their cost. Errors: PT403 admin_only; PT400 input_invalid, argument_missing, argument_too_long.';
