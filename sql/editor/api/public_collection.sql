create function editor.public_collection(
  p_id uuid,
  p_limit integer default 100,
  p_offset integer default 0
)
returns jsonb
language sql
stable
security invoker
set search_path = ''
begin atomic
  select private.editor_public_collection(p_id, p_limit, p_offset);
end;
grant execute on function editor.public_collection(uuid, integer, integer) to authenticated;
comment on function editor.public_collection(uuid, integer, integer) is
  'A public collection as {id, name, description, images: [{id, thumbnail_url, processed_url, final_url}]}, the newest first: finished results alone, p_limit (1 to 1000) of them from p_offset on. The addresses answer to the token of anyone signed in. Errors: PT403 not_signed_in; PT400 argument_missing, limit_invalid; PT404 collection_not_found.';
