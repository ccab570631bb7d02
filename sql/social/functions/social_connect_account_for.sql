-- The service connects a user's account, after the platform said whose it is.
create function private.social_connect_account_for(
  p_user_id uuid,
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
security definer            -- the service reaches private by its functions alone
set search_path = ''
as $$
begin
  return private.social_put_account(
    p_user_id, p_platform, p_account_id, p_username, p_display_name, p_profile_url,
    p_access_token, p_refresh_token, p_expires_at, now()
  );
end;
$$;
grant execute on function private.social_connect_account_for(uuid, text, text, text, text, text, text, text, timestamptz)
  to service_role;
