-- A profile that its user inserts gets a username if it brings none.
create function private.fill_profile()
returns trigger
language plpgsql
security definer            -- looks at everybody's usernames
set search_path = ''
as $$
begin
  new.username := coalesce(
    nullif(btrim(new.username), ''), private.free_username(split_part(coalesce(new.email, ''), '@', 1))
  );
  return new;
end;
$$;
