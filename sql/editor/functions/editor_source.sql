-- The object that an operation works on, as {bucket, path}.
create function private.editor_source(p_image editor.images, p_source text)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_path text;
begin
  if p_source = 'processed' then
    v_path := private.storage_path('results', p_image.processed_url);
    if v_path is null then
      raise exception using
        errcode = 'PT422', message = 'nothing_processed_yet',
        detail = format('Image %s has no result yet.', p_image.id),
        hint = 'Wait for a result, or work on the original.';
    end if;
    return jsonb_build_object('bucket', 'results', 'path', v_path);
  end if;
  return jsonb_build_object(
    'bucket', 'uploads', 'path', private.require_upload(p_image.user_id, p_image.original_url)
  );
end;
$$;
