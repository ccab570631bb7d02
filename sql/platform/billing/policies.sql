grant select on public.credit_packages to anon, authenticated, service_role;
grant select on public.customers to authenticated, service_role;
grant select on public.checkouts to authenticated, service_role;
grant select on public.payments to authenticated, service_role;
grant select on public.webhook_events to authenticated, service_role;

create policy "Everyone reads the packages for sale"
  on public.credit_packages for select to anon, authenticated
  using (is_active);

create policy "Users read their own customer row and admins read all"
  on public.customers for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));

create policy "Users read their own checkouts and admins read all"
  on public.checkouts for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));

create policy "Users read their own payments and admins read all"
  on public.payments for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));

create policy "Admins read the inbox"
  on public.webhook_events for select to authenticated
  using ((select private.is_admin()));

grant select on public.products to anon, authenticated, service_role;
grant select on public.prices to anon, authenticated, service_role;
grant select on public.plans to anon, authenticated, service_role;
grant select on public.subscriptions to authenticated, service_role;
grant select on public.subscription_history to authenticated, service_role;
grant select on public.invoices to authenticated, service_role;

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

create policy "Users read their own subscriptions and admins read all"
  on public.subscriptions for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));

create policy "Users read their own subscription history and admins read all"
  on public.subscription_history for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));

create policy "Users read their own invoices and admins read all"
  on public.invoices for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));
