grant select on public.profiles to authenticated;
-- A front end upserts its user's profile, so the key is granted too and held by
-- the policies.
grant insert (id, username, full_name, first_name, last_name, company, phone, avatar_url)
  on public.profiles to authenticated;
grant update (id, username, full_name, first_name, last_name, company, phone, avatar_url, last_activity_at)
  on public.profiles to authenticated;
grant select, insert, update on public.profiles to service_role;

create policy "Users read their own profile and admins read all"
  on public.profiles for select to authenticated
  using (id between (select private.visible_from()) and (select private.visible_to()));

create policy "Users insert their own profile"
  on public.profiles for insert to authenticated
  with check (id = (select private.user_id()));

-- Columns are held by the grant: no user writes role, is_active or auth0_sub.
create policy "Users update their own profile"
  on public.profiles for update to authenticated
  using (id = (select private.user_id()) and deleted_at is null)
  with check (id = (select private.user_id()));
