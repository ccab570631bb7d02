-- The path of a user's own uploaded object, or a refusal: PT400 source_not_in_storage
-- when it is no object of their folder, PT404 upload_not_found when it is not there,
-- PT400 file_type_not_allowed or file_too_large when it is nothing to work on.
create function private.require_upload(p_user_id uuid, p_url text)
returns text
language plpgsql
stable
security definer            -- looks into storage whatever the caller sees
set search_path = ''
as $$
declare
  v_path text := private.storage_path('uploads', p_url);
  v_metadata jsonb;
begin
  if v_path is null or split_part(v_path, '/', 1) <> p_user_id::text then
    raise exception using
      errcode = 'PT400', message = 'source_not_in_storage',
      detail = 'The file is not in your folder of the bucket uploads.',
      hint = 'Upload it to uploads/<your user id>/… and send that path.';
  end if;
  select o.metadata into v_metadata
  from storage.objects as o
  where o.bucket_id = 'uploads' and o.name = v_path;
  if not found then
    raise exception using
      errcode = 'PT404', message = 'upload_not_found',
      detail = format('There is no object %s in the bucket uploads.', v_path),
      hint = 'Upload the file before asking for work on it.';
  end if;
  perform private.check_file('uploads', v_metadata ->> 'mimetype', private.metadata_size(v_metadata));
  return v_path;
end;
$$;
