grant select on public.auto_top_ups to authenticated, service_role;
grant select on public.top_ups to authenticated, service_role;

create policy "Users read their own auto-top-up and admins read all"
  on public.auto_top_ups for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));

create policy "Users read their own top-ups and admins read all"
  on public.top_ups for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));
