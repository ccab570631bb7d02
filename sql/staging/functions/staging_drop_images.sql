-- Images that are deleted, with their project or alone: open jobs end, their results
-- go, and their uploads too, unless another image shows them.
create function private.staging_drop_images()
returns trigger
language plpgsql
security definer            -- jobs and files are not the caller's to write
set search_path = ''
as $$
declare
  v_user_ids uuid[];
  v_paths text[];
begin
  perform private.drop_subjects(
    array(select row(d.user_id, 'stage:run', d.id, d.files)::private.dropped_subject from dropped as d),
    'The image was deleted.'
  );
  select array_agg(d.user_id), array_agg(d.upload_path)
  into v_user_ids, v_paths
  from dropped as d
  where not exists (
    select 1 from staging.images as i where i.user_id = d.user_id and i.upload_path = d.upload_path
  );
  perform private.remove_files_of('uploads', v_user_ids, v_paths);
  return null;
end;
$$;
