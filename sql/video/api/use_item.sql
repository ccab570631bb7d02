create function video.use_item(p_kind text, p_id uuid)
returns integer
language sql
volatile
security invoker
set search_path = ''
begin atomic
  select private.video_use_item(p_kind, p_id);
end;
comment on function video.use_item(text, uuid) is
  'Counts one use of an item and returns the new usage_count. p_kind: tool_configuration, style_preset or tool_preset_chain; p_id: an item of the caller. Errors: PT400 item_kind_invalid, PT404 item_not_found.';
grant execute on function video.use_item(text, uuid) to authenticated;
