-- A plan that can be subscribed to at Stripe now, or PT404, PT422.
create function private.require_plan_for_sale(p_plan_id uuid)
returns public.plans
language plpgsql
stable
set search_path = ''
as $$
declare
  v_plan public.plans;
begin
  select * into v_plan from public.plans as p where p.id = p_plan_id and p.is_active;
  if not found then
    raise exception using
      errcode = 'PT404', message = 'plan_not_found',
      detail = format('There is no plan %s for sale.', coalesce(p_plan_id::text, 'null')),
      hint = 'The plans are in public.plans.';
  end if;
  if not exists (
    select 1
    from public.prices as r
    where r.id = v_plan.price_id and r.source = 'stripe' and r.type = 'recurring' and r.active
      and r.unit_amount > 0
  ) then
    raise exception using
      errcode = 'PT422', message = 'plan_not_for_sale',
      detail = format('The plan %s has no recurring price at Stripe.', v_plan.code),
      hint = 'An administrator gives a price of Stripe the metadata plan_code and syncs the catalogue.';
  end if;
  return v_plan;
end;
$$;
