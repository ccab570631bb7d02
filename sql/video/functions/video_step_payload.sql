-- What a chain's step asks of its provider, with the image that it works on or begins
-- with, if there is one. tool_step tells the handlers that its subject is a step.
create function private.video_step_payload(p_step video.tool_chain_steps, p_image jsonb)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_tool video.tools;
  v_video video.generations;
begin
  select * into v_tool from video.tools as t where t.tool = p_step.tool;
  if v_tool.makes = 'video' then
    v_video := jsonb_populate_record(null::video.generations, p_step.request);
    v_video.user_id := p_step.user_id;
    v_video.mode := coalesce(
      v_video.mode, case when p_image is null then 'text-to-video' else 'image-to-video' end
    );
    return private.video_payload(v_video, p_image) || jsonb_build_object('tool_step', p_step.step);
  end if;
  return p_step.request
    || jsonb_build_object('operation', v_tool.task, 'tool_step', p_step.step)
    || case when v_tool.needs_image then jsonb_build_object('source', p_image) else '{}'::jsonb end;
end;
$$;
