-- Links a price to the plan or package that its metadata names, or else its
-- product's: plan_code for what recurs, package_code for what is paid once. Answers
-- what is named and not there (plan:<code>, package:<code>), or null.
create function private.link_price(p_price_id text)
returns text
language plpgsql
set search_path = ''
as $$
declare
  v_kind text;
  v_code text;
  v_plan_id uuid;
  v_package_id uuid;
  v_old private.price_links;
begin
  select k.kind, coalesce(p.metadata ->> (k.kind || '_code'), d.metadata ->> (k.kind || '_code'))
  into v_kind, v_code
  from public.prices as p
  join public.products as d on d.id = p.product_id
  cross join lateral (select case p.type when 'recurring' then 'plan' else 'package' end as kind) as k
  where p.id = p_price_id;
  if v_kind = 'plan' then
    select p.id into v_plan_id from public.plans as p where p.code = v_code for no key update;
  else
    select p.id into v_package_id from public.credit_packages as p where p.code = v_code for no key update;
  end if;

  delete from private.price_links as l
  where l.price_id = p_price_id
    and (l.plan_id, l.package_id) is distinct from (v_plan_id, v_package_id)
  returning * into v_old;
  if found then
    update public.plans as p set price_id = null where p.id = v_old.plan_id and p.price_id = p_price_id;
    update public.credit_packages as p
    set stripe_price_id = null
    where p.id = v_old.package_id and p.stripe_price_id = p_price_id;
    perform private.price_plan(v_old.plan_id);
    perform private.price_package(v_old.package_id);
  end if;
  if num_nonnulls(v_plan_id, v_package_id) = 0 then
    return v_kind || ':' || v_code;
  end if;
  insert into private.price_links (price_id, plan_id, package_id)
  values (p_price_id, v_plan_id, v_package_id)
  on conflict (price_id) do nothing;
  perform private.price_plan(v_plan_id);
  perform private.price_package(v_package_id);
  return null;
end;
$$;
