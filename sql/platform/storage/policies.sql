-- The first folder of a name is its owner. Results are written by the service alone,
-- and read once they are delivered.
create policy "Tallybase: users read the files of their folder"
  on storage.objects for select to authenticated
  using (
    split_part(name, '/', 1) = (select private.user_id())::text
    and (bucket_id = 'uploads' or (bucket_id = 'results' and (select private.is_delivered(name))))
  );

create policy "Tallybase: users upload into their folder while there is room"
  on storage.objects for insert to authenticated
  with check (
    bucket_id = 'uploads'
    and name !~ '(^|/)[.]{1,2}(/|$)'
    and split_part(name, '/', 1) = (select private.user_id())::text
    and (select private.has_storage_room())
  );

create policy "Tallybase: users replace the uploads of their folder"
  on storage.objects for update to authenticated
  using (
    bucket_id = 'uploads'
    and split_part(name, '/', 1) = (select private.user_id())::text
  )
  with check (
    bucket_id = 'uploads'
    and name !~ '(^|/)[.]{1,2}(/|$)'
    and split_part(name, '/', 1) = (select private.user_id())::text
    and (select private.has_storage_room())
  );

create policy "Tallybase: users remove the uploads of their folder"
  on storage.objects for delete to authenticated
  using (
    bucket_id = 'uploads'
    and split_part(name, '/', 1) = (select private.user_id())::text
  );
