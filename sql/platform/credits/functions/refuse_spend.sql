create function private.refuse_spend(p_account public.credit_accounts, p_amount integer)
returns void
language plpgsql
immutable
set search_path = ''
as $$
begin
  raise exception using
    errcode = 'PT402', message = 'insufficient_credits',
    detail = format(
      'Needed %s, available %s, held %s, owed %s.',
      p_amount, p_account.balance, p_account.held, p_account.debt
    ),
    hint = 'Buy credits, or ask for less.';
end;
$$;
