-- Images that are deleted: their uploads go too, unless another image shows them.
create function private.editor_drop_images()
returns trigger
language plpgsql
security definer            -- jobs and files are not the caller's to write
set search_path = ''
as $$
declare
  v_user_ids uuid[];
  v_paths text[];
begin
  select array_agg(d.user_id), array_agg(d.upload_path)
  into v_user_ids, v_paths
  from dropped as d
  where not exists (
    select 1 from editor.images as i where i.user_id = d.user_id and i.upload_path = d.upload_path
  );
  perform private.remove_files_of('uploads', v_user_ids, v_paths);
  return null;
end;
$$;
