create function private.quote(
  p_operation text,
  p_variant text default null,
  p_quantity numeric default 1
)
returns jsonb
language plpgsql
stable
security definer            -- one price for every caller
set search_path = ''
as $$
declare
  v_price record;
begin
  select * into v_price from private.price_of(p_operation, p_variant, p_quantity);
  return jsonb_build_object(
    'operation', p_operation,
    'variant', coalesce(p_variant, ''),
    'unit', v_price.unit,
    'quantity', p_quantity,
    'unit_credits', v_price.unit_credits,
    'credits', v_price.credits
  );
end;
$$;
grant execute on function private.quote(text, text, numeric) to anon, authenticated, service_role;
