-- A changed and confirmed email in auth follows into the profile.
create function private.handle_changed_user()
returns trigger
language plpgsql
security definer            -- the auth server's role updates; it owns nothing here
set search_path = ''
as $$
begin
  update public.profiles as p
  set email = left(new.email, 320)
  where p.id = new.id and p.deleted_at is null;
  return new;
end;
$$;
