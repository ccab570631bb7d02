-- The caller, or PT403 not_signed_in.
create function private.require_user_id()
returns uuid
language plpgsql
stable
set search_path = ''
as $$
declare
  v_user_id uuid := private.user_id();
begin
  if v_user_id is null then
    raise exception using
      errcode = 'PT403',
      message = 'not_signed_in',
      detail = 'The request carries no token of a known user.',
      hint = 'Sign in, or call ensure_profile() first with a token of another issuer.';
  end if;
  return v_user_id;
end;
$$;
