grant select, delete on editor.images to authenticated;
grant insert (
  id, user_id, original_filename, original_file_size, original_file_type, original_url,
  is_favorite, metadata
) on editor.images to authenticated;
-- What an upsert sets: the key and the owner too, held by the policies.
grant update (
  id, user_id, original_filename, original_file_size, original_file_type, original_url,
  is_favorite, metadata
) on editor.images to authenticated;
grant select, insert, update, delete on editor.images to service_role;

grant select, delete on editor.image_operations to authenticated;
grant insert (id, image_id, operation_type, api_provider, input_data)
  on editor.image_operations to authenticated;
grant select, insert on editor.image_operations to service_role;

create policy "Users read their own images and admins read all"
  on editor.images for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));

create policy "Users insert their own images"
  on editor.images for insert to authenticated
  with check (user_id = (select private.user_id()));

create policy "Users update their own images"
  on editor.images for update to authenticated
  using (user_id = (select private.user_id()))
  with check (user_id = (select private.user_id()));

create policy "Users delete their own images and admins delete any"
  on editor.images for delete to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));

create policy "Users read their own operations and admins read all"
  on editor.image_operations for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));

create policy "Users request operations on their own images"
  on editor.image_operations for insert to authenticated
  with check (user_id = (select private.user_id()));

create policy "Users delete their own operations"
  on editor.image_operations for delete to authenticated
  using (user_id = (select private.user_id()));
