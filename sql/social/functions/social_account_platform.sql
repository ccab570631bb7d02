-- The platform of a post on an account: the account's, or PT400 platform_mismatch.
create function private.social_account_platform(p_account social.social_accounts, p_platform text)
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  if p_platform <> p_account.platform::text then
    raise exception using
      errcode = 'PT400', message = 'platform_mismatch',
      detail = format('The account is one of %s, not of %s.', p_account.platform, left(p_platform, 50)),
      hint = 'Leave the platform out, or choose another account.';
  end if;
  return p_account.platform::text;
end;
$$;
