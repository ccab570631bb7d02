-- Metrics are of a generation of their user, or of none.
create function private.video_keep_metrics()
returns trigger
language plpgsql
security definer            -- looks the generation up whatever the caller sees
set search_path = ''
as $$
begin
  if new.generation_id is not null and not exists (
    select 1 from video.generations as g where g.id = new.generation_id and g.user_id = new.user_id
  ) then
    raise exception using
      errcode = 'PT404', message = 'generation_not_found',
      detail = format('You have no generation %s.', new.generation_id),
      hint = 'Insert the generation first, or send none.';
  end if;
  return new;
end;
$$;
