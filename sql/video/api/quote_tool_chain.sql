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
  'What run_tool_chain would hold: {credits, steps: [{step, tool, credits}]}. Arguments and errors as there, but not PT402.';
grant execute on function video.quote_tool_chain(uuid, jsonb) to authenticated;
