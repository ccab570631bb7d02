create function private.video_delete_tool_chain_run(p_run_id uuid)
returns void
language plpgsql
security definer            -- jobs and files are not the caller's to write
set search_path = ''
as $$
declare
  v_run video.tool_chain_runs := private.video_lock_chain_run(private.require_user_id(), p_run_id);
begin
  perform private.video_drop_chain_runs(v_run.user_id, array[p_run_id]);
end;
$$;
grant execute on function private.video_delete_tool_chain_run(uuid) to authenticated;
