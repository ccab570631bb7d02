create function editor.download_image(p_image_id uuid, p_kind text default 'processed')
returns jsonb
language sql
security invoker
set search_path = ''
begin atomic
  select private.editor_download_image(p_image_id, p_kind);
end;
grant execute on function editor.download_image(uuid, text) to authenticated;
comment on function editor.download_image(uuid, text) is
  'Counts one download of an image and answers {bucket, path, filename, download_count}: what storage.from(bucket).createSignedUrl(path, 60, {download: filename}) needs. Kinds: original, processed, thumbnail, final. For its user, and its results for anyone signed in while a public collection shows it. Errors: PT403 not_signed_in, profile_missing; PT400 file_kind_invalid; PT404 image_not_found, file_not_found.';
