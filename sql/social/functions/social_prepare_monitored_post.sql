-- A monitored post is its account's user's.
create function private.social_prepare_monitored_post()
returns trigger
language plpgsql
security definer            -- looks the account up whatever the caller sees
set search_path = ''
as $$
declare
  v_account social.social_accounts := private.social_require_account(new.social_account_id);
begin
  new.user_id := v_account.user_id;
  new.platform := private.social_account_platform(v_account, new.platform);
  return new;
end;
$$;
