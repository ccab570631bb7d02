-- A row belongs to who inserts it, or to whom the service says, and to nobody who
-- has left: requests under way when they leave commit before, later ones are refused.
create function private.social_claim_row()
returns trigger
language plpgsql
security definer            -- locks the profile, which is not the caller's to lock
set search_path = ''
as $$
begin
  new.user_id := coalesce(new.user_id, private.user_id());
  perform private.require_present(new.user_id);
  return new;
end;
$$;
