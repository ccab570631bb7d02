-- Every profile has a credit account, and the sign-up credits once.
create function private.open_account()
returns trigger
language plpgsql
security definer            -- accounts are not the new user's to write
set search_path = ''
as $$
declare
  v_credits integer := private.setting('signup_credits', '100')::integer;
begin
  insert into public.credit_accounts (user_id, low_balance_at)
  values (new.id, private.setting('low_balance_threshold', '20')::integer)
  on conflict (user_id) do nothing;
  if v_credits > 0 then
    perform private.grant_credits(
      new.id, v_credits, 'trial_grant',
      p_description => 'Sign-up credits',
      p_idempotency_key => 'signup'
    );
  end if;
  return null;
end;
$$;
