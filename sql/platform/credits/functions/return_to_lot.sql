-- Puts credits back into a lot of a locked account, from what it has as held, revoked
-- or expired, and says what became of them: debt (that is left to repay) first; then
-- they stay frozen if the lot is, else expire if it is over, else are free again. A
-- lot that was carried over takes back what was held since, and of what was gone
-- before only so much as it could have carried.
create function private.return_to_lot(
  p_user_id uuid,
  p_seq bigint,
  p_amount integer,
  p_from text,
  p_debt integer,
  p_now timestamptz,
  out repaid integer,
  out frozen integer,
  out free integer,
  out expired integer
)
language plpgsql
set search_path = ''
as $$
declare
  v_lot public.credit_lots;
  v_rest integer;
  v_old integer := 0;
begin
  select * into v_lot
  from public.credit_lots as l
  where l.user_id = p_user_id and l.seq = p_seq;
  if v_lot.frozen_at is null and v_lot.expires_at <= p_now and v_lot.rollover_until > v_lot.expires_at then
    -- Its time came while nothing remained to be carried over.
    v_lot.expires_at := v_lot.rollover_until;
    v_lot.rollover_until := null;
    v_lot.rolled_held := v_lot.held;
  end if;

  repaid := least(p_amount, p_debt);
  frozen := 0;
  free := 0;
  expired := 0;
  v_rest := p_amount - repaid;
  if v_lot.rolled_held is not null then
    v_old := case when p_from = 'held' then least(p_amount, v_lot.rolled_held) else p_amount end;
    if p_from = 'held' then
      v_lot.rolled_held := v_lot.rolled_held - v_old;
    end if;
    v_old := greatest(v_old - repaid, 0);
  end if;
  if v_lot.frozen_at is not null then
    frozen := v_rest;
  elsif v_lot.expires_at <= p_now then
    expired := v_rest;
  else
    expired := greatest(v_old - v_lot.rollover_cap, 0);
    free := v_rest - expired;
    v_lot.rollover_cap := case
      when v_lot.rolled_held is not null then v_lot.rollover_cap - (v_old - expired) else v_lot.rollover_cap
    end;
  end if;

  update public.credit_lots as l
  set
    held = l.held - case p_from when 'held' then p_amount else 0 end,
    revoked = l.revoked - case p_from when 'revoked' then p_amount else 0 end,
    expired = l.expired + return_to_lot.expired - case p_from when 'expired' then p_amount else 0 end,
    spent = l.spent + repaid,
    remaining = l.remaining + frozen + free,
    expires_at = v_lot.expires_at,
    rollover_until = v_lot.rollover_until,
    rollover_cap = v_lot.rollover_cap,
    rolled_held = v_lot.rolled_held
  where l.user_id = p_user_id and l.seq = p_seq;
  if free > 0 then
    update public.credit_accounts as a
    set next_expiry_at = v_lot.expires_at
    where a.user_id = p_user_id and a.next_expiry_at > v_lot.expires_at;
  end if;
end;
$$;
