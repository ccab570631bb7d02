grant select on public.metered_operations to anon, authenticated, service_role;
grant select on public.job_types to authenticated, service_role;
grant select on public.jobs to authenticated, service_role;
grant select on public.job_attempts to authenticated, service_role;

create policy "Everyone reads active prices"
  on public.metered_operations for select to anon, authenticated
  using (is_active);

create policy "Signed-in users read the types of jobs"
  on public.job_types for select to authenticated
  using (is_active);

create policy "Users read their own jobs and admins read all"
  on public.jobs for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));

create policy "Users read their own attempts and admins read all"
  on public.job_attempts for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));
