-- Undoes so much of a reversal: what had become debt or had come from elsewhere
-- repays debt and is a new lot that lives as long as the first; what the lot itself
-- gave (p_from_lot) returns to it, as all returned credits do, under the reversal's
-- type. Answers what the lot got.
create function private.give_back(
  p_user_id uuid,
  p_amount integer,
  p_transaction_type text,
  p_lot_seq bigint,
  p_from_lot integer,
  p_description text,
  p_cause_type text,
  p_cause_id text,
  p_now timestamptz
)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_debt integer;
  v_own integer := least(p_amount, p_from_lot);
  v_back record;
  v_expires_at timestamptz;
begin
  perform private.lock_account(p_user_id, p_now);
  if p_amount > v_own then
    select nullif(l.expires_at, 'infinity') into v_expires_at
    from public.credit_lots as l
    where l.user_id = p_user_id and l.seq = p_lot_seq;
    perform private.grant_credits(
      p_user_id, p_amount - v_own, case p_transaction_type when 'refund' then 'refund' else 'adjustment' end,
      p_description, p_expires_at => v_expires_at, p_cause_type => p_cause_type, p_cause_id => p_cause_id,
      p_now => p_now, p_is_late => true
    );
  end if;
  if v_own > 0 then
    select a.debt into v_debt from public.credit_accounts as a where a.user_id = p_user_id;
    select * into v_back
    from private.return_to_lot(p_user_id, p_lot_seq, v_own, 'revoked', v_debt, p_now);
    perform private.post_transaction(
      p_user_id, p_transaction_type, 'restore', v_back.free, v_back.frozen + v_back.expired, -v_back.repaid,
      p_description, p_cause_type => p_cause_type, p_cause_id => p_cause_id
    );
    if v_back.expired > 0 then
      perform private.post_transaction(
        p_user_id, 'expiration', 'expire', 0, -v_back.expired, 0,
        'Returned after they had expired', p_cause_type => 'lot', p_cause_id => p_lot_seq::text
      );
    end if;
  end if;
  return v_own;
end;
$$;
