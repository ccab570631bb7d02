-- Enqueues the first step of a run under the hold for all of its steps.
create function private.video_begin_chain(p_run video.tool_chain_runs)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_step video.tool_chain_steps;
begin
  update video.tool_chain_steps as s
  set status = 'running', started_at = now()
  where s.run_id = p_run.id and s.step = 1
  returning * into v_step;
  perform private.request_chains(array[
    row(
      p_run.user_id,
      v_step.id,
      private.video_step_payload(
        v_step,
        case
          when p_run.input ->> 'image' is not null then
            private.video_require_reference(p_run.user_id, p_run.input ->> 'image')
        end
      ),
      array(select s.job_type from video.tool_chain_steps as s where s.run_id = p_run.id order by s.step),
      array(select s.price from video.tool_chain_steps as s where s.run_id = p_run.id order by s.step),
      format('video.tool_chain, %s steps', p_run.steps),
      jsonb_build_object('operation', 'video.tool_chain', 'subject_id', p_run.id)
    )::private.job_chain
  ]);
end;
$$;
