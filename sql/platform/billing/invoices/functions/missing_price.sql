-- A price of an invoice's lines that is not known, or recurs without selling a plan:
-- what such a line grants cannot be said yet.
create function private.missing_price(p_lines private.invoice_line[])
returns text
language plpgsql
stable
set search_path = ''
as $$
declare
  v_line private.invoice_line;
  v_type text;
begin
  foreach v_line in array p_lines loop
    continue when v_line.price_id is null;
    select p.type into v_type from public.prices as p where p.id = v_line.price_id;
    if not found or (v_type = 'recurring' and (private.plan_of_price(v_line.price_id)).id is null) then
      return v_line.price_id;
    end if;
  end loop;
  return null;
end;
$$;
