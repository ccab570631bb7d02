-- A balance fell below what is watched: the sweep looks at it after the commit, since
-- a spend that holds the account's lock must not go on to jobs and customers.
create function private.note_crossing()
returns trigger
language plpgsql
security definer            -- the list is not the caller's to write
set search_path = ''
as $$
begin
  insert into private.balance_crossings (user_id)
  values (new.user_id)
  on conflict (user_id) do nothing;
  return null;
end;
$$;
