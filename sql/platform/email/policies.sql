grant select, insert, update, delete on public.email_templates to authenticated, service_role;
grant select, insert, update, delete on public.email_campaigns to authenticated, service_role;
grant select on public.email_logs to authenticated;
grant select, insert, update on public.email_logs to service_role;

create policy "Admins read email templates"
  on public.email_templates for select to authenticated using ((select private.is_admin()));
create policy "Admins write email templates"
  on public.email_templates for insert to authenticated with check ((select private.is_admin()));
create policy "Admins change email templates"
  on public.email_templates for update to authenticated
  using ((select private.is_admin())) with check ((select private.is_admin()));
create policy "Admins delete email templates"
  on public.email_templates for delete to authenticated using ((select private.is_admin()));

create policy "Admins read email campaigns"
  on public.email_campaigns for select to authenticated using ((select private.is_admin()));
create policy "Admins write email campaigns"
  on public.email_campaigns for insert to authenticated with check ((select private.is_admin()));
create policy "Admins change email campaigns"
  on public.email_campaigns for update to authenticated
  using ((select private.is_admin())) with check ((select private.is_admin()));
create policy "Admins delete email campaigns"
  on public.email_campaigns for delete to authenticated using ((select private.is_admin()));

create policy "Users read the emails they got and admins read all"
  on public.email_logs for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));
