-- Takes credits for work that is done. Lots burn by priority, then expiry, then age.
-- The hottest path of the ledger: the account and its transaction are written by one
-- statement here, and helpers are called only for what is not usual (an expiry, a
-- repeated key, a closed account, a refusal) besides the checks and the lots.
create function private.spend_credits(
  p_user_id uuid,
  p_amount integer,
  p_description text default null,
  p_metadata jsonb default null,
  p_idempotency_key text default null,
  p_now timestamptz default now()
)
returns public.credit_transactions
language plpgsql
security definer            -- the account row is not the caller's to write
set search_path = ''
as $$
declare
  v_account public.credit_accounts;
  v_row public.credit_transactions;
begin
  perform private.check_credit_request(
    p_user_id, p_amount, p_description, p_metadata, p_idempotency_key
  );
  select * into v_account
  from public.credit_accounts as a
  where a.user_id = p_user_id
  for no key update;               -- lock before reading: two spends never see one balance
  if not found or v_account.next_expiry_at <= p_now then
    v_account := private.lock_account(p_user_id, p_now);
  end if;

  -- Looked up behind the lock: before it, concurrent first calls would collide.
  if p_idempotency_key is not null and private.is_key_used(p_user_id, p_idempotency_key) then
    return private.find_transaction(p_user_id, p_idempotency_key, 'spend', -p_amount, 'usage');
  end if;
  if v_account.closed_at is not null then
    perform private.require_open_account(v_account);
  end if;
  if v_account.balance < p_amount then
    perform private.refuse_spend(v_account, p_amount);
  end if;

  perform private.draw_lots(p_user_id, p_amount, 'spent');
  with account as (
    update public.credit_accounts as a
    set
      balance = a.balance - p_amount,
      last_seq = a.last_seq + 1,
      total_used = a.total_used + p_amount,
      updated_at = now()
    where a.user_id = p_user_id
    returning a.last_seq, a.balance + a.held as settled, a.debt
  )
  insert into public.credit_transactions as t (
    user_id, seq, transaction_type, operation, amount,
    balance_before, balance_after, debt_before, debt_after,
    description, metadata, idempotency_key
  )
  select
    p_user_id, a.last_seq, 'usage', 'spend', -p_amount,
    a.settled + p_amount, a.settled, a.debt, a.debt,
    p_description, coalesce(p_metadata, '{}'::jsonb), p_idempotency_key
  from account as a
  returning * into v_row;
  return v_row;
end;
$$;
grant execute on function private.spend_credits(uuid, integer, text, jsonb, text, timestamptz)
  to service_role;
