-- Before operations or pipelines of the caller are deleted alone: locks their images
-- that are worked on, as the end of a job does before it locks those. Without it the
-- end of a job that waits for a deleted row would be the only one who could set the
-- image's status, and it fails. With an image's own deletion there is nothing to set.
create function private.editor_lock_images()
returns trigger
language plpgsql
security definer            -- a lock needs the right to update
set search_path = ''
as $$
begin
  if pg_trigger_depth() = 1 then
    perform 1
    from editor.images as i
    where i.user_id = private.user_id() and i.processing_status = 'processing'
    order by i.id
    for no key update;
  end if;
  return null;
end;
$$;
