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
