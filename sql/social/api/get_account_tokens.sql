create function social.get_account_tokens(p_account_id uuid)
returns jsonb
language sql
stable
security invoker
set search_path = ''
begin atomic
  select private.social_get_account_tokens(p_account_id);
end;
grant execute on function social.get_account_tokens(uuid) to service_role;
comment on function social.get_account_tokens(uuid) is
  'For the service: {id, user_id, platform, account_id, is_active, access_token, refresh_token, token_expires_at}, tokens in the clear. Errors: PT404 social_account_not_found; PT422 tokens_missing; PT500 secret_missing.';
