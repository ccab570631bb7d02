-- An admin says what a provider charges from a day on. Days that are over keep theirs:
-- what was logged is never priced anew.
create function private.admin_set_api_cost(
  p_api_provider text,
  p_operation_type text,
  p_cost numeric,
  p_model text default '',
  p_unit text default 'operation',
  p_effective_date date default current_date,
  p_is_active boolean default true
)
returns public.api_costs
language plpgsql
security definer            -- costs are not the admin's to write
set search_path = ''
as $$
declare
  v_cost public.api_costs;
begin
  perform private.require_admin();
  perform private.check_text('p_api_provider', p_api_provider, 100);
  perform private.check_text('p_operation_type', p_operation_type, 100);
  if p_cost is null or not (p_cost between 0 and 99999) or p_effective_date is null
    or char_length(p_model) > 200 or char_length(p_unit) > 50 then
    raise exception using
      errcode = 'PT400', message = 'input_invalid',
      detail = 'p_cost must be 0 to 99999, p_effective_date a day, p_model and p_unit short.',
      hint = 'Send the price of one unit in USD.';
  end if;
  insert into public.api_costs as c (
    api_provider, operation_type, model, unit, cost_per_operation, effective_date, is_active
  )
  values (
    p_api_provider, p_operation_type, coalesce(p_model, ''), coalesce(p_unit, 'operation'), p_cost,
    p_effective_date, coalesce(p_is_active, true)
  )
  on conflict (api_provider, operation_type, model, effective_date) do update
  set
    unit = excluded.unit, cost_per_operation = excluded.cost_per_operation,
    is_active = excluded.is_active
  returning * into v_cost;
  perform private.log_admin_action(
    'set_api_cost', 'api_cost', v_cost.id, to_jsonb(v_cost) - 'created_at'
  );
  return v_cost;
end;
$$;
grant execute on function private.admin_set_api_cost(
  text, text, numeric, text, text, date, boolean
) to authenticated;
