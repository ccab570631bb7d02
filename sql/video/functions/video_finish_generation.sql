-- A result arrived: the generation shows its video.
create function private.video_finish_generation(p_job public.jobs)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_video jsonb := private.result_file(p_job, 'video');
begin
  if v_video is null then
    raise exception using
      errcode = 'PT422', message = 'result_invalid',
      detail = 'The result has no file "video" in the user''s folder of the bucket results.';
  end if;
  update video.generations as g
  set
    status = 'success',
    video_url = private.object_url('results', v_video ->> 'path'),
    error_message = null,
    files = p_job.result -> 'files',
    credits_used = p_job.price,
    completed_at = now()
  where g.id = p_job.subject_id;
end;
$$;
