-- For operators: balances that fall below this are told to their users, from now on
-- and for every account. 0 is never.
create function private.set_low_balance_threshold(p_credits integer)
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform private.set_setting('low_balance_threshold', p_credits::text);
  perform 1
  from public.credit_accounts as a
  where a.low_balance_at <> p_credits
  order by a.user_id
  for no key update;
  update public.credit_accounts as a set low_balance_at = p_credits where a.low_balance_at <> p_credits;
end;
$$;
