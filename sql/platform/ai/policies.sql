grant select on public.api_costs to authenticated, service_role;
grant select on public.api_usage_logs to authenticated, service_role;

create policy "Admins read what providers charge"
  on public.api_costs for select to authenticated
  using ((select private.is_admin()));

create policy "Admins read the calls to providers"
  on public.api_usage_logs for select to authenticated
  using ((select private.is_admin()));
