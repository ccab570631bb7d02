-- The caller leaves for good: open work ends, what is personal goes, the ledger's
-- numbers stay for the books. Repeating it changes nothing.
create function private.delete_my_account()
returns void
language plpgsql
security definer            -- ends what the user cannot, and removes the login
set search_path = ''
as $$
declare
  v_user_id uuid := private.require_user_id();
begin
  perform private.retire_user(v_user_id);
  delete from auth.users as u where u.id = v_user_id;
end;
$$;
grant execute on function private.delete_my_account() to authenticated;
