-- Gives back what a hold did not capture, to its lots in reverse order. What comes
-- back repays debt first, then stays frozen with its lot, then expires with it,
-- else becomes spendable. Only a repayment or an expiry shows in the ledger.
create function private.return_held_lots(p_hold public.credit_holds, p_now timestamptz)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_left integer := p_hold.amount - p_hold.captured;
  v_debt integer;
  v_part integer;
  v_repaid integer;
  v_free integer := 0;
  v_repaid_all integer := 0;
  v_expired_all integer := 0;
  v_lot public.credit_lots;
begin
  select a.debt into v_debt from public.credit_accounts as a where a.user_id = p_hold.user_id;
  for i in reverse array_length(p_hold.lot_seqs, 1) .. 1 loop
    exit when v_left = 0;
    v_part := least(p_hold.lot_amounts[i], v_left);
    v_left := v_left - v_part;
    v_repaid := least(v_part, v_debt);
    v_debt := v_debt - v_repaid;
    v_repaid_all := v_repaid_all + v_repaid;

    update public.credit_lots as l
    set
      held = l.held - v_part,
      spent = l.spent + v_repaid,
      remaining = l.remaining
        + case when l.frozen_at is not null or l.expires_at > p_now then v_part - v_repaid else 0 end,
      expired = l.expired
        + case when l.frozen_at is not null or l.expires_at > p_now then 0 else v_part - v_repaid end
    where l.user_id = p_hold.user_id and l.seq = p_hold.lot_seqs[i]
    returning * into v_lot;

    if v_lot.frozen_at is not null then
      null;                 -- still held, now by the freeze
    elsif v_lot.expires_at <= p_now then
      v_expired_all := v_expired_all + v_part - v_repaid;
    else
      v_free := v_free + v_part - v_repaid;
      update public.credit_accounts as a
      set next_expiry_at = v_lot.expires_at
      where a.user_id = p_hold.user_id and a.next_expiry_at > v_lot.expires_at;
    end if;
  end loop;

  if v_repaid_all > 0 then
    perform private.post_transaction(
      p_hold.user_id, 'adjustment', 'repay', 0, -v_repaid_all, -v_repaid_all,
      'Debt repaid from returned credits', p_hold_id => p_hold.id
    );
  end if;
  if v_expired_all > 0 then
    perform private.post_transaction(
      p_hold.user_id, 'expiration', 'expire', 0, -v_expired_all, 0,
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
