-- Operations that are deleted, with their image, their pipeline or alone: open jobs
-- end, their holds return, their files are removed, and the image waits no more.
create function private.editor_drop_operations()
returns trigger
language plpgsql
security definer            -- jobs and files are not the caller's to write
set search_path = ''
as $$
begin
  -- Without waiting: an image comes before its operations in the lock order. Where an
  -- image stays, private.editor_lock_images has locked it before.
  with image as (
    select i.id
    from editor.images as i
    where i.id in (select o.image_id from dropped as o where o.status in ('pending', 'processing'))
    for no key update skip locked
  )
  update editor.images as i
  set processing_status = private.editor_image_status(
    i.id, case when i.processed_url is null then 'pending' else 'completed' end
  )
  where i.id in (select m.id from image as m);
  perform private.drop_subjects(
    array(
      select
        row(o.user_id, 'editor.' || o.operation_type, o.id, o.output_data -> 'files')::private.dropped_subject
      from dropped as o
    ),
    'The image was deleted.'
  );
  return null;
end;
$$;
