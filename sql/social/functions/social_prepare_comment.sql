-- A comment is its post's user's.
create function private.social_prepare_comment()
returns trigger
language plpgsql
security definer            -- looks the post up whatever the caller sees
set search_path = ''
as $$
begin
  new.user_id := private.social_require_post(new.monitored_post_id, new.post_id);
  return new;
end;
$$;
