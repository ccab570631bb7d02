-- A run is its post's user's.
create function private.social_prepare_run()
returns trigger
language plpgsql
security definer            -- looks the post up whatever the caller sees
set search_path = ''
as $$
begin
  new.user_id := private.social_require_post(null, new.scheduled_post_id);
  return new;
end;
$$;
