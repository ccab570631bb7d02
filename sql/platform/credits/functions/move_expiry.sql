-- Moves the end of a lot that carries nothing over, such as a trial's. Moved to a time
-- to come, what expired unused lives again.
create function private.move_expiry(p_user_id uuid, p_lot_seq bigint, p_expires_at timestamptz, p_now timestamptz)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_account public.credit_accounts := private.lock_account(p_user_id, p_now);
  v_lot public.credit_lots;
  v_back record;
begin
  update public.credit_lots as l
  set expires_at = p_expires_at
  where l.user_id = p_user_id and l.seq = p_lot_seq and l.expires_at <> p_expires_at
  returning * into v_lot;
  if not found then
    return;
  end if;
  if v_lot.expired > 0 and p_expires_at > p_now then
    select * into v_back
    from private.return_to_lot(p_user_id, p_lot_seq, v_lot.expired, 'expired', v_account.debt, p_now);
    perform private.post_transaction(
      p_user_id, 'expiration', 'restore', v_back.free, v_back.frozen, -v_back.repaid,
      'Credits last longer', p_cause_type => 'lot', p_cause_id => p_lot_seq::text
    );
  end if;
  update public.credit_accounts as a
  set next_expiry_at = p_expires_at
  where a.user_id = p_user_id and a.next_expiry_at > p_expires_at;
  perform private.lock_account(p_user_id, p_now);
end;
$$;
