-- A row belongs to who inserts it, and says when that was. Somebody else's row is
-- left to the policy, which refuses it.
create function private.video_fill_user()
returns trigger
language plpgsql
security definer            -- share-locks the user's profile
set search_path = ''
as $$
declare
  v_caller uuid := private.user_id();
begin
  if tg_op = 'UPDATE' then
    new.created_at := old.created_at;
    return new;
  end if;
  new.user_id := coalesce(new.user_id, v_caller);
  if v_caller is null or new.user_id = v_caller then
    perform private.require_present(new.user_id);
  end if;
  return new;
end;
$$;
