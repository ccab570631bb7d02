-- Keeps an account's tokens, encrypted. Null leaves the refresh token as it is,
-- since platforms do not send it again when they renew an access token.
create function private.social_store_tokens(
  p_account_id uuid,
  p_access_token text,
  p_refresh_token text,
  p_expires_at timestamptz
)
returns social.social_accounts
language plpgsql
set search_path = ''
as $$
declare
  v_key text := private.secret('token_key');
  v_account social.social_accounts;
begin
  perform private.check_text('p_access_token', p_access_token, 8192);
  perform private.social_check_optional_text('p_refresh_token', p_refresh_token, 8192);

  -- The account, then its tokens.
  update social.social_accounts as a
  set token_expires_at = p_expires_at
  where a.id = p_account_id
  returning * into v_account;

  insert into private.social_account_tokens as t (account_id, access_token, refresh_token)
  values (
    p_account_id,
    extensions.pgp_sym_encrypt(p_access_token, v_key, 'cipher-algo=aes256'),
    extensions.pgp_sym_encrypt(nullif(p_refresh_token, ''), v_key, 'cipher-algo=aes256')
  )
  on conflict (account_id) do update
  set
    access_token = excluded.access_token,
    refresh_token = coalesce(excluded.refresh_token, t.refresh_token),
    updated_at = now();
  return v_account;
end;
$$;
