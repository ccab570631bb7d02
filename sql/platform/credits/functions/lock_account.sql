-- Locks the account row and expires what is due: every ledger function starts
-- here, so two of them never see one balance, and lazy and swept expiry end the same.
create function private.lock_account(p_user_id uuid, p_now timestamptz default now())
returns public.credit_accounts
language plpgsql
security definer            -- the account row is not the caller's to write
set search_path = ''
as $$
declare
  v_account public.credit_accounts;
begin
  select * into v_account
  from public.credit_accounts as a
  where a.user_id = p_user_id
  for no key update;
  if not found then
    raise exception using
      errcode = 'PT404', message = 'account_not_found',
      detail = format('There is no credit account of user %s.', p_user_id),
      hint = 'An account is made at sign-up or by ensure_profile().';
  end if;
  if v_account.next_expiry_at <= p_now then
    v_account := private.expire_lots(v_account, p_now);
  end if;
  return v_account;
end;
$$;
