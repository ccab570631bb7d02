create function video.cancel_tool_chain_run(p_run_id uuid)
returns video.tool_chain_runs
language sql
volatile
security invoker
set search_path = ''
begin atomic
  select private.video_cancel_tool_chain_run(p_run_id);
end;
comment on function video.cancel_tool_chain_run(uuid) is
  'Stops a tool chain''s run of the caller and returns it: what is done stays and is charged, the rest of the hold returns. One that has ended is returned as it is. Errors: PT404 run_not_found; PT403 not_signed_in.';
grant execute on function video.cancel_tool_chain_run(uuid) to authenticated;
