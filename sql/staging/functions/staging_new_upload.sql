-- Names the place for a photo of a project: a path that nobody has, in the caller's
-- folder, which the storage policies let them sign.
create function private.staging_new_upload(p_project_id uuid, p_filename text)
returns jsonb
language plpgsql
security definer            -- reads the bucket's limits
set search_path = ''
as $$
declare
  v_project staging.projects;
  v_type text;
  v_bucket storage.buckets;
begin
  perform private.require_user_id();
  v_project := private.staging_require_project(p_project_id);
  perform private.check_text('p_filename', p_filename, 255);
  v_type := private.named_type(p_filename);
  perform private.check_file('uploads', coalesce(v_type, 'of no known type'), null);
  select * into v_bucket from storage.buckets as b where b.id = 'uploads';
  return jsonb_build_object(
    'bucket', 'uploads',
    'path', format(
      '%s/%s/%s.%s', v_project.user_id, v_project.id, gen_random_uuid(),
      lower(substring(p_filename from '[^.]+$'))
    ),
    'content_type', v_type,
    'max_bytes', v_bucket.file_size_limit
  );
end;
$$;
grant execute on function private.staging_new_upload(uuid, text) to authenticated;
