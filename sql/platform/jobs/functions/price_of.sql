-- What the gate charges, in whole credits, and what quote() answers: the same number.
create function private.price_of(
  p_operation text,
  p_variant text default null,
  p_quantity numeric default 1,
  out unit text,
  out unit_credits numeric,
  out credits integer
)
language plpgsql
stable
security definer            -- one price for every caller
set search_path = ''
as $$
declare
  v_credits numeric;
begin
  if p_quantity is null or not (p_quantity > 0 and p_quantity <= 100000) then
    raise exception using
      errcode = 'PT400', message = 'quantity_invalid',
      detail = format('The quantity is %s.', coalesce(p_quantity::text, 'null')),
      hint = 'Send more than 0 and at most 100000.';
  end if;
  select m.unit, m.credits, ceil(m.credits * p_quantity)
  into unit, unit_credits, v_credits
  from public.metered_operations as m
  where m.operation = p_operation and m.variant = coalesce(p_variant, '') and m.is_active;
  if not found then
    raise exception using
      errcode = 'PT404', message = 'price_not_found',
      detail = format('There is no price of "%s" "%s".', left(p_operation, 100), left(p_variant, 100)),
      hint = 'The price book is public.metered_operations.';
  end if;
  if v_credits > 1000000000 then
    raise exception using
      errcode = 'PT400', message = 'quantity_invalid',
      detail = format('%s of it would cost %s credits.', p_quantity, v_credits),
      hint = 'Ask for at most 1000000000 credits'' worth.';
  end if;
  credits := v_credits::integer;
end;
$$;
