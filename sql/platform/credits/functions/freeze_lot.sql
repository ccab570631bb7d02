-- Freezes a lot while its payment is disputed: its remaining counts as held.
create function private.freeze_lot(p_user_id uuid, p_lot_seq bigint, p_now timestamptz default now())
returns public.credit_lots
language plpgsql
security definer            -- the account row is not the caller's to write
set search_path = ''
as $$
declare
  v_lot public.credit_lots;
begin
  perform private.lock_account(p_user_id, p_now);
  update public.credit_lots as l
  set frozen_at = p_now
  where l.user_id = p_user_id and l.seq = p_lot_seq and l.frozen_at is null
  returning * into v_lot;
  if found then
    update public.credit_accounts as a
    set balance = a.balance - v_lot.remaining, held = a.held + v_lot.remaining, updated_at = now()
    where a.user_id = p_user_id;
  end if;
  return v_lot;
end;
$$;
