-- Undoes a grant as far as it was not spent: what remains of the lot and what expired
-- of it, under the type it was granted with.
create function private.void_lot(
  p_user_id uuid,
  p_lot_seq bigint,
  p_transaction_type text,
  p_description text,
  p_now timestamptz
)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_lot public.credit_lots;
begin
  perform private.lock_account(p_user_id, p_now);
  select * into v_lot
  from public.credit_lots as l
  where l.user_id = p_user_id and l.seq = p_lot_seq and l.frozen_at is null;
  if not found or v_lot.remaining + v_lot.expired = 0 then
    return;
  end if;
  update public.credit_lots as l
  set remaining = 0, expired = 0, revoked = l.revoked + v_lot.remaining + v_lot.expired
  where l.user_id = p_user_id and l.seq = p_lot_seq;
  if v_lot.expired > 0 then
    perform private.post_transaction(
      p_user_id, 'expiration', 'restore', 0, v_lot.expired, 0,
      p_description, p_cause_type => 'lot', p_cause_id => p_lot_seq::text
    );
  end if;
  perform private.post_transaction(
    p_user_id, p_transaction_type, 'reverse', -v_lot.remaining, -v_lot.expired, 0,
    p_description, p_cause_type => 'lot', p_cause_id => p_lot_seq::text
  );
end;
$$;
