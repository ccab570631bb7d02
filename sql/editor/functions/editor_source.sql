-- The object that an operation works on, as {bucket, path}; one that generates has none.
create function private.editor_source(p_operation editor.image_operations)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_image editor.images;
  v_path text;
begin
  if p_operation.operation_type = 'generate' then
    return null;
  end if;
  select * into v_image from editor.images as i where i.id = p_operation.image_id;
  if p_operation.input_data ->> 'source' = 'processed' then
    v_path := private.storage_path('results', v_image.processed_url);
    if v_path is null then
      raise exception using
        errcode = 'PT422', message = 'nothing_processed_yet',
        detail = format('Image %s has no result yet.', v_image.id),
        hint = 'Wait for a result, or work on the original.';
    end if;
    return jsonb_build_object('bucket', 'results', 'path', v_path);
  end if;
  return jsonb_build_object(
    'bucket', 'uploads', 'path', private.require_upload(v_image.user_id, v_image.original_url)
  );
end;
$$;
