-- The plan that is sold at a price, or was: null when there is none.
create function private.plan_of_price(p_price_id text)
returns public.plans
language plpgsql
stable
set search_path = ''
as $$
declare
  v_plan public.plans;
begin
  select * into v_plan from public.plans as p where p.price_id = p_price_id;
  if not found then
    select p.* into v_plan
    from private.price_links as l
    join public.plans as p on p.id = l.plan_id
    where l.price_id = p_price_id;
  end if;
  return v_plan;
end;
$$;
