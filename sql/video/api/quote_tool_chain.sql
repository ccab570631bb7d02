create function video.quote_tool_chain(p_chain_id uuid, p_input jsonb default '{}'::jsonb)
returns jsonb
language sql
stable
security invoker
set search_path = ''
begin atomic
  select private.video_quote_tool_chain(p_chain_id, p_input);
end;
comment on function video.quote_tool_chain(uuid, jsonb) is
  'What run_tool_chain would hold: {credits, steps: [{step, tool, credits}]}. Arguments as there. Errors: PT404 item_not_found, brand_guidelines_not_found, upload_not_found; PT400 tool_unknown, input_invalid (with the number of the step), url_not_allowed, source_not_in_storage, file_type_not_allowed, file_too_large; PT403 not_signed_in.';
grant execute on function video.quote_tool_chain(uuid, jsonb) to authenticated;
