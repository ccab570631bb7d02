create function staging.new_upload(p_project_id uuid, p_filename text)
returns jsonb
language sql
security invoker
set search_path = ''
begin atomic
  select private.staging_new_upload(p_project_id, p_filename);
end;
grant execute on function staging.new_upload(uuid, text) to authenticated;
comment on function staging.new_upload(uuid, text) is
  'Where a photo of a project goes, as {bucket, path, content_type, max_bytes}: sign it with storage.from(bucket).createSignedUploadUrl(path), upload, then insert an image with original_url = path. Errors: PT403 not_signed_in, account_suspended; PT404 project_not_found; PT400 file_type_not_allowed, argument_missing, argument_too_long.';
