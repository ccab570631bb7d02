create function private.social_get_account_tokens(p_account_id uuid)
returns jsonb
language plpgsql
stable
security definer            -- the service reaches private by its functions alone
set search_path = ''
as $$
declare
  v_key text := private.secret('token_key');
  v_account social.social_accounts;
  v_tokens private.social_account_tokens;
begin
  select * into v_account from social.social_accounts as a where a.id = p_account_id;
  if not found then
    raise exception using
      errcode = 'PT404', message = 'social_account_not_found',
      detail = format('There is no account %s.', coalesce(p_account_id::text, 'null')),
      hint = 'Connect the account first.';
  end if;
  select * into v_tokens from private.social_account_tokens as t where t.account_id = p_account_id;
  if not found then
    raise exception using
      errcode = 'PT422', message = 'tokens_missing',
      detail = format('Account %s was connected without tokens.', p_account_id),
      hint = 'Have its user connect it again.';
  end if;
  return jsonb_build_object(
    'id', v_account.id,
    'user_id', v_account.user_id,
    'platform', v_account.platform,
    'account_id', v_account.account_id,
    'is_active', v_account.is_active,
    'access_token', extensions.pgp_sym_decrypt(v_tokens.access_token, v_key),
    'refresh_token', extensions.pgp_sym_decrypt(v_tokens.refresh_token, v_key),
    'token_expires_at', v_account.token_expires_at
  );
end;
$$;
grant execute on function private.social_get_account_tokens(uuid) to service_role;
