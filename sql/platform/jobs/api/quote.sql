create function public.quote(
  p_operation text,
  p_variant text default null,
  p_quantity numeric default 1
)
returns jsonb
language sql
stable
security invoker
set search_path = ''
begin atomic
  select private.quote(p_operation, p_variant, p_quantity);
end;
grant execute on function public.quote(text, text, numeric) to anon, authenticated, service_role;
comment on function public.quote(text, text, numeric) is
  'The price that the gate will charge: {operation, variant, unit, quantity, unit_credits, credits}; credits is whole, rounded up. Errors: PT404 price_not_found; PT400 quantity_invalid.';
