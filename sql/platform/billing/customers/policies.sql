grant select on public.customers to authenticated, service_role;

create policy "Users read their own customer row and admins read all"
  on public.customers for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));
