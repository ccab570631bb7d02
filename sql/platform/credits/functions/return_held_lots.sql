-- Gives back what a hold did not capture, to its lots in reverse order; see
-- private.return_to_lot. Only a repayment or an expiry shows in the ledger.
create function private.return_held_lots(p_hold public.credit_holds, p_now timestamptz)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_left integer := p_hold.amount - p_hold.captured;
  v_debt integer;
  v_part integer;
  v_free integer := 0;
  v_repaid integer := 0;
  v_expired integer := 0;
  v_back record;
begin
  select a.debt into v_debt from public.credit_accounts as a where a.user_id = p_hold.user_id;
  for i in reverse array_length(p_hold.lot_seqs, 1) .. 1 loop
    exit when v_left = 0;
    v_part := least(p_hold.lot_amounts[i], v_left);
    v_left := v_left - v_part;
    select * into v_back
    from private.return_to_lot(
      p_hold.user_id, p_hold.lot_seqs[i], v_part, 'held', v_debt - v_repaid, p_now
    );
    v_repaid := v_repaid + v_back.repaid;
    v_expired := v_expired + v_back.expired;
    v_free := v_free + v_back.free;   -- what is frozen stays held, now by the freeze
  end loop;

  if v_repaid > 0 then
    perform private.post_transaction(
      p_hold.user_id, 'adjustment', 'repay', 0, -v_repaid, -v_repaid,
      'Debt repaid from returned credits', p_hold_id => p_hold.id
    );
  end if;
  if v_expired > 0 then
    perform private.post_transaction(
      p_hold.user_id, 'expiration', 'expire', 0, -v_expired, 0,
      'Returned after they had expired', p_hold_id => p_hold.id
    );
  end if;
  if v_free > 0 then
    update public.credit_accounts as a
    set balance = a.balance + v_free, held = a.held - v_free, updated_at = now()
    where a.user_id = p_hold.user_id;
  end if;
end;
$$;
