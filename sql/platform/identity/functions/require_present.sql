-- The share-locked profile of a user who is here to stay for this transaction, or
-- PT403 profile_missing. Locked before any row of a product, as everywhere.
create function private.require_present(p_user_id uuid)
returns public.profiles
language plpgsql
security definer            -- the gate asks about the user of the request row
set search_path = ''
as $$
declare
  v_profile public.profiles;
begin
  select * into v_profile
  from public.profiles as p
  where p.id = p_user_id and p.deleted_at is null
  for share;
  if not found then
    raise exception using
      errcode = 'PT403',
      message = 'profile_missing',
      detail = 'The user of this request has no profile.',
      hint = 'Call ensure_profile() once after signing in.';
  end if;
  return v_profile;
end;
$$;
