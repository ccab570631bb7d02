grant select on public.notifications_outbox to authenticated, service_role;

create policy "Users read what they are told and admins read all"
  on public.notifications_outbox for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));
