-- Tokens of the caller's account; of any for the service.
create function private.social_set_account_tokens(
  p_account_id uuid,
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
  -- A token of an issuer whose user is not known must not pass for the service.
  if current_setting('role') = 'authenticated' then
    perform private.require_user_id();
  end if;
  perform private.social_require_account(p_account_id);
  return private.social_store_tokens(p_account_id, p_access_token, p_refresh_token, p_expires_at);
end;
$$;
grant execute on function private.social_set_account_tokens(uuid, text, text, timestamptz)
  to authenticated, service_role;
