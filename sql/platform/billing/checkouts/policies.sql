grant select on public.checkouts to authenticated, service_role;

create policy "Users read their own checkouts and admins read all"
  on public.checkouts for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));
