create function editor.request_batch(
  p_image_ids uuid[],
  p_operation_type text,
  p_input_data jsonb default null
)
returns setof editor.image_operations
language sql
security invoker
set search_path = ''
begin atomic
  select * from private.editor_request_batch(p_image_ids, p_operation_type, p_input_data);
end;
grant execute on function editor.request_batch(uuid[], text, jsonb) to authenticated;
comment on function editor.request_batch(uuid[], text, jsonb) is
  'Asks for one operation on 1 to 100 images of the caller and answers their image_operations: all of them or none, priced and held like single ones; the error names the first image, or the whole sum, that is refused. Errors: PT400 batch_invalid, input_invalid, source_not_in_storage, file_type_not_allowed, file_too_large; PT402 insufficient_credits; PT403 not_signed_in, account_suspended; PT404 image_not_found, upload_not_found; PT422 nothing_processed_yet; PT429 queue_full.';
