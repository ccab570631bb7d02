create function video.delete_tool_chain_run(p_run_id uuid)
returns void
language sql
volatile
security invoker
set search_path = ''
begin atomic
  select private.video_delete_tool_chain_run(p_run_id);
end;
comment on function video.delete_tool_chain_run(uuid) is
  'Removes a tool chain''s run of the caller: what is under way is cancelled, its images are removed; videos that it made stay in generations. Errors: PT404 run_not_found; PT403 not_signed_in.';
grant execute on function video.delete_tool_chain_run(uuid) to authenticated;
