-- The account that a row hangs on, with its user and itself locked against leaving:
-- the caller's own, or any where there is no user (the service). Else PT404
-- social_account_not_found: a foreign key alone would take anybody's.
create function private.social_require_account(p_account_id uuid)
returns social.social_accounts
language plpgsql
security definer            -- looks the account up whatever the caller sees
set search_path = ''
as $$
declare
  v_caller uuid := private.user_id();
  v_owner uuid;
  v_account social.social_accounts;
begin
  select a.user_id into v_owner from social.social_accounts as a where a.id = p_account_id;
  if found and (v_caller is null or v_owner = v_caller) then
    perform private.require_present(v_owner);
    select * into v_account from social.social_accounts as a where a.id = p_account_id for key share;
  end if;
  if v_account.id is null then
    raise exception using
      errcode = 'PT404', message = 'social_account_not_found',
      detail = format('You have no account %s.', coalesce(p_account_id::text, 'null')),
      hint = 'Connect the account first.';
  end if;
  return v_account;
end;
$$;
