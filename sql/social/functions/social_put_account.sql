-- A user's account on a platform, made or connected again, with its tokens where
-- there are any.
create function private.social_put_account(
  p_user_id uuid,
  p_platform text,
  p_account_id text,
  p_username text,
  p_display_name text,
  p_profile_url text,
  p_access_token text,
  p_refresh_token text,
  p_expires_at timestamptz,
  p_verified_at timestamptz
)
returns social.social_accounts
language plpgsql
set search_path = ''
as $$
declare
  v_platform social.social_platform := private.social_platform(p_platform);
  v_account social.social_accounts;
begin
  perform private.check_text('p_account_id', p_account_id, 255);
  perform private.social_check_optional_text('p_username', p_username, 255);
  perform private.social_check_optional_text('p_display_name', p_display_name, 255);
  perform private.social_check_optional_text('p_profile_url', p_profile_url, 2048);
  perform private.require_present(p_user_id);

  insert into social.social_accounts as a (
    user_id, platform, account_id, username, display_name, profile_url, verified_at
  )
  values (
    p_user_id, v_platform, p_account_id, p_username, p_display_name, p_profile_url, p_verified_at
  )
  on conflict (user_id, platform, account_id) do update
  set
    username = coalesce(excluded.username, a.username),
    display_name = coalesce(excluded.display_name, a.display_name),
    profile_url = coalesce(excluded.profile_url, a.profile_url),
    is_active = true,
    verified_at = coalesce(excluded.verified_at, a.verified_at)
  returning * into v_account;

  if p_access_token is not null then
    v_account := private.social_store_tokens(v_account.id, p_access_token, p_refresh_token, p_expires_at);
  end if;
  return v_account;
end;
$$;
