grant select on public.shared_files to authenticated, service_role;

create policy "Signed-in users read what is shared with them all"
  on public.shared_files for select to authenticated
  using ((select private.user_id()) is not null);

-- The first folder of a name is its owner. Results are written by the service alone,
-- and read once they are delivered, or when their owner shared them.
create policy "Tallybase: users read their files and shared results"
  on storage.objects for select to authenticated
  using (
    (
      split_part(name, '/', 1) = (select private.user_id())::text
      and (bucket_id = 'uploads' or (bucket_id = 'results' and (select private.is_delivered(name))))
    )
    or exists (
      select 1
      from public.shared_files as s
      where s.bucket_id = objects.bucket_id and s.name = objects.name
    )
  );

create policy "Tallybase: users upload into their folder while there is room"
  on storage.objects for insert to authenticated
  with check (
    bucket_id = 'uploads'
    and name !~ '(^|/)[.]{1,2}(/|$)'
    and split_part(name, '/', 1) = (select private.user_id())::text
    and (select private.accepts_upload(bucket_id, name, metadata))
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
    and (select private.accepts_upload(bucket_id, name, metadata))
    and (select private.has_storage_room())
  );

create policy "Tallybase: users remove the uploads of their folder"
  on storage.objects for delete to authenticated
  using (
    bucket_id = 'uploads'
    and split_part(name, '/', 1) = (select private.user_id())::text
  );
