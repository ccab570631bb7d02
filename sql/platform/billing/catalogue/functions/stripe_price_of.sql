-- The price of a subscription's item or an invoice's line: as price (an object or an
-- id), under pricing (since 2025-03-31), or as the plan of old.
create function private.stripe_price_of(p_object jsonb)
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  return coalesce(
    p_object #>> '{price,id}',
    p_object ->> 'price',
    p_object #>> '{pricing,price_details,price,id}',
    p_object #>> '{pricing,price_details,price}',
    p_object #>> '{plan,id}'
  );
end;
$$;
