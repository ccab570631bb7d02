-- The video of a result, or PT422 result_invalid: one that is empty, of another type,
-- or not in its user's folder is none.
create function private.video_result_video(p_job public.jobs)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_video jsonb := private.require_result_file(p_job, 'video');
begin
  if v_video ->> 'content_type' !~ '^(video/[a-z0-9.+-]+|image/(webp|gif|apng))$'
    or v_video -> 'bytes' = '0' then
    raise exception using
      errcode = 'PT422', message = 'result_invalid',
      detail = 'The file "video" of the result is empty or no video.';
  end if;
  return v_video;
end;
$$;
