create function private.require_open_account(p_account public.credit_accounts)
returns void
language plpgsql
immutable
set search_path = ''
as $$
begin
  if p_account.closed_at is not null then
    raise exception using
      errcode = 'PT403', message = 'account_closed',
      detail = format('The account was closed at %s.', p_account.closed_at),
      hint = 'A closed account takes no new work.';
  end if;
end;
$$;
