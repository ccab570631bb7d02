-- A step of a chain succeeded: it keeps what it made, a video is a generation too, and
-- the next step begins with its image in this same transaction, or it was the last.
-- The run is locked, so who leaves or deletes it comes before or after all of this.
create function private.video_finish_step(p_job public.jobs)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_step video.tool_chain_steps;
  v_video jsonb;
  v_image jsonb;
begin
  select * into v_step from video.tool_chain_steps as s where s.id = p_job.subject_id;
  if (select t.makes from video.tools as t where t.tool = v_step.tool) = 'video' then
    v_video := private.video_result_video(p_job);
    v_image := private.result_file(p_job, 'poster');
  else
    v_image := private.require_result_file(p_job, 'processed');
  end if;
  update video.tool_chain_steps as s
  set
    status = 'success',
    credits_used = p_job.price,
    output = jsonb_strip_nulls(jsonb_build_object(
      'video_url', private.object_url('results', v_video ->> 'path'),
      'image_url', private.object_url('results', v_image ->> 'path')
    )),
    files = private.video_own_files(p_job),
    completed_at = now()
  where s.id = v_step.id
  returning * into v_step;
  if v_video is not null then
    perform private.video_keep_made(v_step, p_job.payload ->> 'mode');
  end if;
  perform private.video_continue_chain(p_job, v_step, v_image);
end;
$$;
