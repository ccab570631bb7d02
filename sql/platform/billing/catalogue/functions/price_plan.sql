-- Sets the price that a plan is sold at: the newest of those that name it, active
-- ones first. A plan that no price names keeps what an administrator wrote.
create function private.price_plan(p_plan_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_price public.prices;
begin
  select p.* into v_price
  from private.price_links as l
  join public.prices as p on p.id = l.price_id
  where l.plan_id = p_plan_id and p.source = 'stripe'     -- Whop sells on its own pages
  order by p.active desc, p.created_at desc, p.id desc
  limit 1;
  if not found then
    return;
  end if;
  update public.plans as p
  set price_id = null
  where p.price_id = v_price.id and p.id <> p_plan_id;
  update public.plans as p
  set
    price_id = v_price.id,
    unit_amount = private.monthly_amount(v_price),
    currency = v_price.currency
  where p.id = p_plan_id
    and (p.price_id, p.unit_amount, p.currency)
      is distinct from (v_price.id, private.monthly_amount(v_price), v_price.currency);
end;
$$;
