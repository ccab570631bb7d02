grant select on public.credit_packages to anon, authenticated, service_role;
grant select on public.products to anon, authenticated, service_role;
grant select on public.prices to anon, authenticated, service_role;
grant select on public.plans to anon, authenticated, service_role;

create policy "Everyone reads the packages for sale"
  on public.credit_packages for select to anon, authenticated
  using (is_active);

create policy "Everyone reads the products for sale"
  on public.products for select to anon, authenticated
  using (active);

create policy "Everyone reads the prices for sale"
  on public.prices for select to anon, authenticated
  using (active);

create policy "Everyone reads the plans for sale"
  on public.plans for select to anon
  using (is_active);

-- A plan that is sold no more is still what some subscriptions are on.
create policy "Users read the plans for sale and their own, admins read all"
  on public.plans for select to authenticated
  using (
    is_active
    or id = any (
      array(select s.plan_id from public.subscriptions as s where s.user_id = (select private.user_id()))
    )
    or (select private.is_admin())
  );
