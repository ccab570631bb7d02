create function social.set_account_tokens(
  p_account_id uuid,
  p_access_token text,
  p_refresh_token text default null,
  p_expires_at timestamptz default null
)
returns social.social_accounts
language sql
security invoker
set search_path = ''
begin atomic
  select private.social_set_account_tokens(p_account_id, p_access_token, p_refresh_token, p_expires_at);
end;
grant execute on function social.set_account_tokens(uuid, text, text, timestamptz) to authenticated, service_role;
comment on function social.set_account_tokens(uuid, text, text, timestamptz) is
  'Replaces the tokens of the caller''s account, or for the service of any; encrypted. A refresh token of null stays as it was. Errors: PT403 not_signed_in; PT404 social_account_not_found; PT400 argument_missing, argument_too_long; PT500 secret_missing.';
