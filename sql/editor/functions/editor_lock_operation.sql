-- Locks what an operation's job stands on: the image, then the operation.
create function private.editor_lock_operation(p_job public.jobs)
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform 1
  from editor.images as i
  where i.id = (select o.image_id from editor.image_operations as o where o.id = p_job.subject_id)
  for no key update;
  perform 1 from editor.image_operations as o where o.id = p_job.subject_id for no key update;
end;
$$;
