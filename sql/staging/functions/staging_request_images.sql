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
  v_usage record;
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
    select * into v_usage from private.staging_usage(v_user_id);
    if v_usage.used > v_usage.monthly_limit then
      raise exception using
        errcode = 'PT403', message = 'monthly_limit_reached',
        detail = format(
          'Plan %s: %s images a month, %s used, %s asked; it starts anew at %s.',
          v_usage.plan, v_usage.monthly_limit, v_usage.used - v_asked, v_asked,
          to_char(v_usage.period_end at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
        ),
        hint = 'Wait until then, or take a larger plan.';
    end if;
  end loop;
  return null;
end;
$$;
