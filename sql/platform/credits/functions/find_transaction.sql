-- The transaction that this idempotency key made, if any, under the account lock.
-- The same key for anything else than the same call is PT409.
create function private.find_transaction(
  p_user_id uuid,
  p_idempotency_key text,
  p_operation text,
  p_amount integer,
  p_transaction_type text,
  p_hold_id uuid default null,
  p_cause_type text default null,
  p_cause_id text default null
)
returns public.credit_transactions
language plpgsql
stable
set search_path = ''
as $$
declare
  v_row public.credit_transactions;
begin
  select * into v_row
  from public.credit_transactions as t
  where t.user_id = p_user_id and t.idempotency_key = p_idempotency_key;
  if found then
    if v_row.operation = p_operation
      and v_row.amount = p_amount
      and v_row.transaction_type = p_transaction_type
      and v_row.hold_id is not distinct from p_hold_id
      and v_row.cause_type is not distinct from p_cause_type
      and v_row.cause_id is not distinct from p_cause_id then
      return v_row;
    end if;
    perform private.refuse_reused_key(p_idempotency_key);
  end if;
  if exists (
    select 1 from public.credit_holds as h
    where h.user_id = p_user_id and h.idempotency_key = p_idempotency_key
  ) then
    perform private.refuse_reused_key(p_idempotency_key);
  end if;
  return null;
end;
$$;
