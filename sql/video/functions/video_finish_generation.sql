-- A result arrived: the generation shows its video.
create function private.video_finish_generation(p_job public.jobs)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_video jsonb := private.require_result_file(p_job, 'video');
begin
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
