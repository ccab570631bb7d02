-- Stops a run of the caller. The run is locked first: no step ends and begins the next
-- between the look and the cancel.
create function private.video_cancel_tool_chain_run(p_run_id uuid)
returns video.tool_chain_runs
language plpgsql
security definer            -- jobs and runs are not the caller's to write
set search_path = ''
as $$
declare
  v_run video.tool_chain_runs := private.video_lock_chain_run(private.require_user_id(), p_run_id);
begin
  if v_run.status = 'running' then
    perform private.cancel_jobs(
      array(
        select j.id
        from public.jobs as j
        join video.tool_chain_steps as s on s.id = j.subject_id
        where s.run_id = p_run_id and j.finished_at is null
      ),
      'Cancelled by the user.'
    );
    select * into v_run from video.tool_chain_runs as r where r.id = p_run_id;
  end if;
  return v_run;
end;
$$;
grant execute on function private.video_cancel_tool_chain_run(uuid) to authenticated;
