-- For triggers before an insert: a row belongs to who inserts it, and they are here
-- to stay until this commits. Somebody else's is refused by the policy, whether that
-- user exists or not; a token without a user is told that it has no profile.
create function private.admit_owner()
returns trigger
language plpgsql
security definer            -- locks the user's profile
set search_path = ''
as $$
begin
  if private.jwt_sub() is null or new.user_id is not distinct from private.user_id() then
    perform private.require_present(new.user_id);
  end if;
  return new;
end;
$$;
