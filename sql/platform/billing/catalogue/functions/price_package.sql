-- Sets the price that a package is sold at: the newest of those that name it, active
-- ones first. What is offered is then what Stripe will charge.
create function private.price_package(p_package_id uuid)
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
  where l.package_id = p_package_id and p.source = 'stripe' and p.unit_amount is not null
  order by p.active desc, p.created_at desc, p.id desc
  limit 1;
  if not found then
    return;
  end if;
  update public.credit_packages as k
  set stripe_price_id = null
  where k.stripe_price_id = v_price.id and k.id <> p_package_id;
  update public.credit_packages as k
  set stripe_price_id = v_price.id, unit_amount = v_price.unit_amount, currency = v_price.currency
  where k.id = p_package_id
    and (k.stripe_price_id, k.unit_amount, k.currency)
      is distinct from (v_price.id, v_price.unit_amount::integer, v_price.currency);
end;
$$;
