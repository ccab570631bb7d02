-- What a recurring price comes to a month, in minor units.
create function private.monthly_amount(p_price public.prices)
returns integer
language sql
immutable
set search_path = ''
as $$
  select round(
    coalesce(p_price.unit_amount, 0)
    * case p_price.interval when 'day' then 30.4375 when 'week' then 4.348125 when 'year' then 1 / 12.0 else 1 end
    / p_price.interval_count
  )::integer;
$$;
