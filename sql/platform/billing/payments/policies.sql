grant select on public.payments to authenticated, service_role;
grant select on public.refunds to authenticated, service_role;
grant select on public.disputes to authenticated, service_role;

create policy "Users read their own payments and admins read all"
  on public.payments for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));

create policy "Users read their own refunds and admins read all"
  on public.refunds for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));

create policy "Users read their own disputes and admins read all"
  on public.disputes for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));
