create function private.my_credits()
returns jsonb
language plpgsql
stable
security definer            -- reads the caller's own row whatever the policies say
set search_path = ''
as $$
declare
  v_user_id uuid := private.require_user_id();
  v_account public.credit_accounts;
begin
  select * into v_account from public.credit_accounts as a where a.user_id = v_user_id;
  return jsonb_build_object(
    'settled', coalesce(v_account.balance + v_account.held, 0),
    'held', coalesce(v_account.held, 0),
    'available', coalesce(v_account.balance, 0),
    'debt', coalesce(v_account.debt, 0)
  );
end;
$$;
grant execute on function private.my_credits() to authenticated;
