grant select on public.invoices to authenticated, service_role;

create policy "Users read their own invoices and admins read all"
  on public.invoices for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));
