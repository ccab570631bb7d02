grant select on public.admin_logs to authenticated, service_role;
grant select on public.system_metrics to authenticated;
grant select, insert on public.system_metrics to service_role;
grant select on public.user_activity_logs to authenticated, service_role;

create policy "Admins read what admins did"
  on public.admin_logs for select to authenticated
  using ((select private.is_admin()));

create policy "Admins read measurements"
  on public.system_metrics for select to authenticated
  using ((select private.is_admin()));

create policy "Users read their own activity and admins read all"
  on public.user_activity_logs for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));
