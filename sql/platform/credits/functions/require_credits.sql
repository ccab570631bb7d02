-- Locks the accounts of users in order, and refuses when what is asked of one of them
-- (the amounts go with the users in pairs) is together more than they have: one error
-- with the whole sum, not that of the part that happened to be the last.
create function private.require_credits(
  p_user_ids uuid[],
  p_amounts integer[],
  p_now timestamptz default now()
)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_user record;
  v_account public.credit_accounts;
begin
  for v_user in
    select u.user_id, sum(u.amount) as amount
    from unnest(p_user_ids, p_amounts) as u (user_id, amount)
    where u.amount > 0
    group by u.user_id
    order by u.user_id
  loop
    v_account := private.lock_account(v_user.user_id, p_now);
    perform private.require_open_account(v_account);
    if v_account.balance < v_user.amount then
      perform private.refuse_spend(v_account, least(v_user.amount, 2147483647)::integer);
    end if;
  end loop;
end;
$$;
