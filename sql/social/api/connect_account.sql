create function social.connect_account(
  p_platform text,
  p_account_id text,
  p_username text default null,
  p_display_name text default null,
  p_profile_url text default null,
  p_access_token text default null,
  p_refresh_token text default null,
  p_expires_at timestamptz default null
)
returns social.social_accounts
language sql
security invoker
set search_path = ''
begin atomic
  select private.social_connect_account(p_platform, p_account_id, p_username, p_display_name, p_profile_url, p_access_token, p_refresh_token, p_expires_at);
end;
grant execute on function social.connect_account(text, text, text, text, text, text, text, timestamptz) to authenticated;
comment on function social.connect_account(text, text, text, text, text, text, text, timestamptz) is
  'Connects the caller''s account on a platform, or connects it again, and encrypts its tokens. Texts that are null stay as they were. It is not verified: connect_account_for does that. Errors: PT403 not_signed_in, profile_missing; PT400 argument_missing, argument_too_long, platform_unknown; PT500 secret_missing.';
