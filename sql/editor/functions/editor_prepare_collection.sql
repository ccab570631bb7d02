-- A collection belongs to who inserts it. Somebody else's is refused by the policy, whether
-- that user exists or not.
create function private.editor_prepare_collection()
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
