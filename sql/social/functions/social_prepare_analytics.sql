-- Numbers are their post's user's.
create function private.social_prepare_analytics()
returns trigger
language plpgsql
security definer            -- looks the post up whatever the caller sees
set search_path = ''
as $$
begin
  new.user_id := private.social_require_post(new.content_id, new.content_id);
  return new;
end;
$$;
