-- Ends a freeze. What remained comes back as all returned credits do: debt first,
-- then it expires if its time has passed, else it is spendable again.
create function private.unfreeze_lot(p_user_id uuid, p_lot_seq bigint, p_now timestamptz default now())
returns public.credit_lots
language plpgsql
security definer            -- the account row is not the caller's to write
set search_path = ''
as $$
declare
  v_account public.credit_accounts := private.lock_account(p_user_id, p_now);
  v_lot public.credit_lots;
  v_repaid integer;
  v_rest integer;
begin
  select * into v_lot
  from public.credit_lots as l
  where l.user_id = p_user_id and l.seq = p_lot_seq and l.frozen_at is not null;
  if not found then
    return null;
  end if;
  v_repaid := least(v_lot.remaining, v_account.debt);
  v_rest := v_lot.remaining - v_repaid;
  update public.credit_lots as l
  set frozen_at = null, remaining = v_rest, spent = l.spent + v_repaid
  where l.user_id = p_user_id and l.seq = p_lot_seq
  returning * into v_lot;
  if v_repaid > 0 then
    perform private.post_transaction(
      p_user_id, 'adjustment', 'repay', 0, -v_repaid, -v_repaid,
      'Debt repaid from returned credits', p_cause_type => 'lot', p_cause_id => p_lot_seq::text
    );
  end if;
  update public.credit_accounts as a
  set
    balance = a.balance + v_rest,
    held = a.held - v_rest,
    next_expiry_at = least(a.next_expiry_at, v_lot.expires_at),
    updated_at = now()
  where a.user_id = p_user_id;
  perform private.lock_account(p_user_id, p_now);
  return v_lot;
end;
$$;
