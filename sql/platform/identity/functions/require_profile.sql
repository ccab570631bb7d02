-- The caller's profile, or PT403: not_signed_in, profile_missing.
create function private.require_profile()
returns public.profiles
language plpgsql
stable
security definer            -- reads the caller's own row whatever the policies say
set search_path = ''
as $$
declare
  v_user_id uuid := private.require_user_id();
  v_profile public.profiles;
begin
  select * into v_profile from public.profiles as p where p.id = v_user_id;
  if not found then
    raise exception using
      errcode = 'PT403',
      message = 'profile_missing',
      detail = 'The signed-in user has no profile.',
      hint = 'Call ensure_profile() once after signing in.';
  end if;
  return v_profile;
end;
$$;
