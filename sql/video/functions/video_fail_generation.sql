-- A generation failed or was cancelled; the document knows one word for both.
create function private.video_fail_generation(p_job public.jobs)
returns void
language plpgsql
set search_path = ''
as $$
begin
  if p_job.payload ? 'tool_step' then
    perform private.video_fail_step(p_job);
    return;
  end if;
  update video.generations as g
  set
    status = 'error',
    error_message = private.video_error_words(p_job.error),
    credits_used = 0,
    completed_at = now()
  where g.id = p_job.subject_id;
end;
$$;
