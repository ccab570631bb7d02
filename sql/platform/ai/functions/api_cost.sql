-- What one unit of a provider's operation costs us on a day: the model's own price,
-- else the operation's; null when none is known.
create function private.api_cost(
  p_api_provider text,
  p_operation_type text,
  p_on date default current_date,
  p_model text default ''
)
returns numeric
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select c.cost_per_operation
    from public.api_costs as c
    where c.api_provider = p_api_provider and c.operation_type = p_operation_type
      and c.model in ('', coalesce(p_model, ''))
      and c.is_active and c.effective_date <= p_on
    order by c.model = '', c.effective_date desc
    limit 1
  );
end;
$$;
