-- Takes credits for work that is done. Lots burn by priority, then expiry, then age.
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
  v_account := private.lock_account(p_user_id, p_now);
  if p_idempotency_key is not null then
    v_row := private.find_transaction(p_user_id, p_idempotency_key, 'spend', -p_amount, 'usage');
    if v_row.seq is not null then
      return v_row;
    end if;
  end if;
  perform private.require_open_account(v_account);
  if v_account.balance < p_amount then
    perform private.refuse_spend(v_account, p_amount);
  end if;

  perform private.draw_lots(p_user_id, p_amount, 'spent');
  return private.post_transaction(
    p_user_id, 'usage', 'spend', -p_amount, 0, 0,
    p_description, p_metadata, p_idempotency_key
  );
end;
$$;
grant execute on function private.spend_credits(uuid, integer, text, jsonb, text, timestamptz)
  to service_role;
