-- A price of an invoice's lines that is not known, or recurs without selling a plan:
-- what such a line grants cannot be said yet.
create function private.missing_price(p_lines private.invoice_line[])
returns text
language sql
stable
set search_path = ''
as $$
  select min(l.price_id)
  from unnest(p_lines) as l
  left join public.prices as p on p.id = l.price_id
  where l.price_id is not null
    and (
      p.id is null
      or (p.type = 'recurring' and (private.plan_of_price(p.id)).id is null)
    );
$$;
