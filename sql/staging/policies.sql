grant select on staging.options to anon, authenticated, service_role;
grant insert, update, delete on staging.options to service_role;

grant select, delete on staging.projects to authenticated;
grant insert (id, user_id, name) on staging.projects to authenticated;
-- A front end upserts whole rows, so key and owner are granted too and held by the
-- policies.
grant update (id, user_id, name) on staging.projects to authenticated;
grant select, insert, update, delete on staging.projects to service_role;

-- A request is not changed: another style is another image.
grant select, delete on staging.images to authenticated;
grant insert (id, project_id, original_url, room_type, style) on staging.images to authenticated;
grant select, insert, delete on staging.images to service_role;

create policy "Everyone reads the choices"
  on staging.options for select to anon, authenticated
  using (is_active);

create policy "Users read their own projects and admins read all"
  on staging.projects for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));

create policy "Users insert their own projects"
  on staging.projects for insert to authenticated
  with check (user_id = (select private.user_id()));

create policy "Users update their own projects"
  on staging.projects for update to authenticated
  using (user_id = (select private.user_id()))
  with check (user_id = (select private.user_id()));

create policy "Users delete their own projects and admins delete any"
  on staging.projects for delete to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));

create policy "Users read their own images and admins read all"
  on staging.images for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));

create policy "Users request images in their own projects"
  on staging.images for insert to authenticated
  with check (user_id = (select private.user_id()));

create policy "Users delete their own images and admins delete any"
  on staging.images for delete to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));

-- The views are for reading; the platform's policies decide whose rows they show.
grant select on staging.users to authenticated, service_role;
grant select on staging.results to authenticated, service_role;
grant select on staging.jobs to authenticated, service_role;
grant select on staging.plans to anon, authenticated, service_role;
grant select on staging.processed_events to authenticated, service_role;
grant select on staging.subscriptions to authenticated, service_role;
grant select on staging.invoices to authenticated, service_role;
