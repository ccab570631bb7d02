-- An amount of Whop in minor units. Whop writes it in units of the currency, as a
-- number (6.9), or as {"amount": "6.90", "currency": "usd", "decimals": 2}. Null is
-- nothing.
create function private.whop_minor_units(p_amount jsonb, p_currency text)
returns integer
language plpgsql
immutable
set search_path = ''
as $$
begin
  return round(
    coalesce(
      case jsonb_typeof(p_amount)
        when 'object' then (p_amount ->> 'amount')::numeric
        when 'null' then null
        else (p_amount #>> '{}')::numeric
      end,
      0
    )
    * power(10::numeric, coalesce((p_amount ->> 'decimals')::integer, private.currency_digits(p_currency)))
  )::integer;
end;
$$;
