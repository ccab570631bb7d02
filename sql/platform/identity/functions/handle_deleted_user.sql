-- The person leaves: open jobs end, holds return, the profile is anonymised and
-- the account closed. The ledger's numbers stay for the books.
create function private.handle_deleted_user()
returns trigger
language plpgsql
security definer            -- the auth server's role deletes; it owns nothing here
set search_path = ''
as $$
begin
  perform private.retire_user(old.id);
  return old;
end;
$$;
