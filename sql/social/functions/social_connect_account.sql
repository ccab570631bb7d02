-- The caller connects an account. Whose it is, is their word alone: it is not verified.
create function private.social_connect_account(
  p_platform text,
  p_account_id text,
  p_username text,
  p_display_name text,
  p_profile_url text,
  p_access_token text,
  p_refresh_token text,
  p_expires_at timestamptz
)
returns social.social_accounts
language plpgsql
security definer            -- tokens are not the caller's to write
set search_path = ''
as $$
begin
  return private.social_put_account(
    private.require_user_id(), p_platform, p_account_id, p_username, p_display_name, p_profile_url,
    p_access_token, p_refresh_token, p_expires_at, null
  );
end;
$$;
grant execute on function private.social_connect_account(text, text, text, text, text, text, text, timestamptz)
  to authenticated;
