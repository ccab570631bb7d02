-- Reverses credits of a lot and answers how much the lot itself gave.
create function private.take_back(
  p_user_id uuid,
  p_amount integer,
  p_transaction_type text,
  p_lot_seq bigint,
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
  v_before integer;
  v_after integer;
begin
  perform private.lock_account(p_user_id, p_now);
  select l.revoked into v_before
  from public.credit_lots as l
  where l.user_id = p_user_id and l.seq = p_lot_seq;
  perform private.reverse_credits(
    p_user_id, p_amount, p_transaction_type, p_lot_seq, p_description,
    p_cause_type => p_cause_type, p_cause_id => p_cause_id, p_now => p_now
  );
  select l.revoked into v_after
  from public.credit_lots as l
  where l.user_id = p_user_id and l.seq = p_lot_seq;
  return v_after - v_before;
end;
$$;
