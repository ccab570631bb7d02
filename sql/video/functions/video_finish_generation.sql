-- A result arrived: the generation shows its video. A step of a chain has its own way.
create function private.video_finish_generation(p_job public.jobs)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_video jsonb;
  v_poster jsonb := private.result_file(p_job, 'poster');
begin
  if p_job.payload ? 'tool_step' then
    perform private.video_finish_step(p_job);
    return;
  end if;
  v_video := private.video_result_video(p_job);
  update video.generations as g
  set
    status = 'success',
    video_url = private.object_url('results', v_video ->> 'path'),
    poster_url = private.object_url('results', v_poster ->> 'path'),
    error_message = null,
    files = private.video_own_files(p_job),
    credits_used = p_job.price,
    completed_at = now()
  where g.id = p_job.subject_id;
end;
$$;
