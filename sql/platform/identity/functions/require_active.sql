-- Refuses metered work of a user who is unknown, deactivated or gone.
create function private.require_active(p_user_id uuid)
returns void
language plpgsql
stable
security definer            -- the gate asks about the user of the request row
set search_path = ''
as $$
declare
  v_is_active boolean;
begin
  select p.is_active into v_is_active from public.profiles as p where p.id = p_user_id;
  if v_is_active is null then
    raise exception using
      errcode = 'PT403',
      message = 'profile_missing',
      detail = 'The user of this request has no profile.',
      hint = 'Call ensure_profile() once after signing in.';
  end if;
  if not v_is_active then
    raise exception using
      errcode = 'PT403',
      message = 'account_suspended',
      detail = 'The account is deactivated: it can read, but not start work.',
      hint = 'Ask an administrator.';
  end if;
end;
$$;
