-- The gate of video: after the rows are in, so that a conflicting insert that was
-- not one charges nothing, and once a statement, however many rows it has.
create function private.video_request_generations()
returns trigger
language plpgsql
security definer            -- jobs and holds are not the caller's to write
set search_path = ''
as $$
declare
  v_requests private.job_request[];
begin
  select array_agg(
    row(
      g.user_id,
      'video.generate',
      g.id,
      jsonb_build_object(
        'operation', 'generate_video', 'variant', g.model, 'prompt', g.prompt,
        'aspect_ratio', g.aspect_ratio, 'resolution', g.resolution, 'mode', g.mode
      )
        || case
          when g.reference_image_url is null then '{}'::jsonb
          else jsonb_build_object(
            'reference',
            jsonb_build_object(
              'bucket', 'uploads', 'path', private.storage_path('uploads', g.reference_image_url)
            )
          )
        end,
      'video.generate',
      g.model,
      1
    )::private.job_request
    order by g.id
  )
  into v_requests
  from inserted as g;
  perform private.request_jobs(v_requests);
  return null;
end;
$$;
