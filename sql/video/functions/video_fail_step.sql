-- A step of a chain failed or was cancelled, and the run ends with it: what is done
-- stays and is charged, the rest is not begun.
create function private.video_fail_step(p_job public.jobs)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_step video.tool_chain_steps;
begin
  update video.tool_chain_steps as s
  set
    status = 'error',
    error_message = private.video_error_words(p_job.error),
    credits_used = 0,
    completed_at = now()
  where s.id = p_job.subject_id
  returning * into v_step;
  perform private.video_end_chain(
    v_step, 'error', format('Step %s (%s): %s', v_step.step, v_step.tool, v_step.error_message)
  );
end;
$$;
