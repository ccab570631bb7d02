-- Refuses metered work of a user who is unknown, deactivated or gone. The profile
-- stays share-locked until the request commits: who leaves meanwhile waits for it,
-- and takes its job along.
create function private.require_active(p_user_id uuid)
returns void
language plpgsql
security definer            -- the gate asks about the user of the request row
set search_path = ''
as $$
declare
  v_profile public.profiles := private.require_present(p_user_id);
begin
  if not v_profile.is_active then
    raise exception using
      errcode = 'PT403',
      message = 'account_suspended',
      detail = 'The account is deactivated: it can read, but not start work.',
      hint = 'Ask an administrator.';
  end if;
end;
$$;
