-- The only place where an account's numbers move with a transaction: applies the
-- changes of balance, held and debt to the locked account and appends the row.
create function private.post_transaction(
  p_user_id uuid,
  p_transaction_type text,
  p_operation text,
  p_balance integer,
  p_held integer,
  p_debt integer,
  p_description text default null,
  p_metadata jsonb default null,
  p_idempotency_key text default null,
  p_hold_id uuid default null,
  p_job_id uuid default null,
  p_cause_type text default null,
  p_cause_id text default null,
  p_expires_at timestamptz default null,
  p_actor_id uuid default null
)
returns public.credit_transactions
language plpgsql
set search_path = ''
as $$
declare
  v_seq bigint;
  v_settled integer;
  v_debt integer;
  v_amount integer := p_balance + p_held - p_debt;
  v_row public.credit_transactions;
begin
  update public.credit_accounts as a
  set
    balance = a.balance + p_balance,
    held = a.held + p_held,
    debt = a.debt + p_debt,
    last_seq = a.last_seq + 1,
    total_purchased = a.total_purchased
      + case when p_transaction_type = 'purchase' then v_amount else 0 end,
    total_used = a.total_used - case when p_transaction_type = 'usage' then v_amount else 0 end,
    updated_at = now()
  where a.user_id = p_user_id
  returning a.last_seq, a.balance + a.held, a.debt into v_seq, v_settled, v_debt;

  insert into public.credit_transactions as t (
    user_id, seq, transaction_type, operation, amount,
    balance_before, balance_after, debt_before, debt_after,
    actor_id, hold_id, job_id, cause_type, cause_id,
    description, metadata, idempotency_key, expires_at
  )
  values (
    p_user_id, v_seq, p_transaction_type, p_operation, v_amount,
    v_settled - p_balance - p_held, v_settled, v_debt - p_debt, v_debt,
    p_actor_id, p_hold_id, p_job_id, p_cause_type, p_cause_id,
    p_description, coalesce(p_metadata, '{}'::jsonb), p_idempotency_key, p_expires_at
  )
  returning * into v_row;
  return v_row;
end;
$$;
