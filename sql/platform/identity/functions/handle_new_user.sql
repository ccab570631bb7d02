create function private.handle_new_user()
returns trigger
language plpgsql
security definer            -- the auth server's role inserts; it owns nothing here
set search_path = ''
as $$
begin
  perform private.create_profile(new.id, new.email, to_jsonb(new) -> 'raw_user_meta_data');
  return new;
end;
$$;
