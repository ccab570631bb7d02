-- Ends a run with a step that ended: what is not begun never will be. The run is
-- written once: a second time in one transaction would check, and so lock, its chain.
create function private.video_end_chain(
  p_step video.tool_chain_steps,
  p_status text,
  p_error text
)
returns void
language plpgsql
set search_path = ''
as $$
begin
  update video.tool_chain_steps as s
  set status = 'skipped', credits_used = 0, completed_at = now()
  where s.run_id = p_step.run_id and s.status = 'waiting';
  update video.tool_chain_runs as r
  set
    status = p_status,
    error_message = p_error,
    credits_used = r.credits_used + p_step.credits_used,
    completed_at = now()
  where r.id = p_step.run_id;
end;
$$;
