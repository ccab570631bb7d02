-- What an operation's job tells the worker; p_source is {bucket, path}, or null.
create function private.editor_payload(p_operation editor.image_operations, p_source jsonb)
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
begin
  return p_operation.input_data - 'source'
    || jsonb_strip_nulls(jsonb_build_object(
      'operation', p_operation.operation_type,
      'image_id', p_operation.image_id,
      'variant', private.editor_variant(p_operation.operation_type, p_operation.input_data),
      'source', p_source
    ));
end;
$$;
