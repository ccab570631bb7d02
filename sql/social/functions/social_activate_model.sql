-- One model of a user is active: the one that was made or activated last.
create function private.social_activate_model()
returns trigger
language plpgsql
security definer            -- the user's other models, whoever writes
set search_path = ''
as $$
begin
  update social.bertopic_models as m
  set is_active = false
  where m.user_id = new.user_id and m.is_active and m.id <> new.id;
  return new;
end;
$$;
