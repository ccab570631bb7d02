grant select on public.webhook_events to authenticated, service_role;

create policy "Admins read the inbox"
  on public.webhook_events for select to authenticated
  using ((select private.is_admin()));
