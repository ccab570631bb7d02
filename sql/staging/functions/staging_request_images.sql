-- The gate of staging: after the rows are in, so that a conflicting insert that was
-- not one counts nothing, and once a statement, however many rows it has. The jobs
-- come first, since enqueueing locks the user's lane: of two requests at once the
-- second counts the first's. One over the limit takes its whole statement back.
create function private.staging_request_images()
returns trigger
language plpgsql
security definer            -- jobs are not the caller's to write
set search_path = ''
as $$
declare
  v_user_id uuid;
  v_asked integer;
begin
  perform private.request_jobs(array(
    select
      row(
        i.user_id,
        'stage:run',
        i.id,
        jsonb_build_object(
          'operation', 'stage',
          'image_id', i.id,
          'room_type', i.room_type,
          'style', i.style,
          'source', jsonb_build_object('bucket', 'uploads', 'path', i.upload_path)
        ),
        null, null, 1
      )::private.job_request
    from inserted as i
    order by i.id
  ));

  for v_user_id, v_asked in
    select i.user_id, count(*)::integer from inserted as i group by i.user_id order by i.user_id
  loop
    perform private.require_allowance(v_user_id, 'monthly_limit', v_asked);
  end loop;
  return null;
end;
$$;
