grant select on public.providers to authenticated, service_role;
grant select on public.provider_routes to authenticated, service_role;
grant select on public.provider_circuits to authenticated, service_role;

create policy "Admins read who can do work for us"
  on public.providers for select to authenticated
  using ((select private.is_admin()));

create policy "Admins read who does which operation"
  on public.provider_routes for select to authenticated
  using ((select private.is_admin()));

create policy "Admins read which providers are given a rest"
  on public.provider_circuits for select to authenticated
  using ((select private.is_admin()));
