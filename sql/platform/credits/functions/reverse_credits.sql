-- Takes back credits whose money went back (a refund) or was lost (a dispute):
-- that purchase's lot first, then other lots in burn order, then debt. Of the lot
-- first what expired unused: that expiry is undone and the reversal takes it, so that
-- it is not taken a second time from other credits. Held credits are never touched.
create function private.reverse_credits(
  p_user_id uuid,
  p_amount integer,
  p_transaction_type text,
  p_lot_seq bigint default null,
  p_description text default null,
  p_metadata jsonb default null,
  p_idempotency_key text default null,
  p_cause_type text default null,
  p_cause_id text default null,
  p_actor_id uuid default null,
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
  v_lot public.credit_lots;
  v_from_expired integer := 0;
  v_from_lot integer := 0;
  v_from_frozen integer := 0;
  v_from_others integer;
begin
  perform private.check_credit_request(
    p_user_id, p_amount, p_description, p_metadata, p_idempotency_key
  );
  if p_transaction_type is null or p_transaction_type not in ('refund', 'chargeback', 'adjustment') then
    raise exception using
      errcode = 'PT400', message = 'transaction_type_invalid',
      detail = format('"%s" is not a type of reversal.', p_transaction_type),
      hint = 'Use refund, chargeback or adjustment.';
  end if;
  v_account := private.lock_account(p_user_id, p_now);
  if p_idempotency_key is not null then
    v_row := private.find_transaction(
      p_user_id, p_idempotency_key, 'reverse', -p_amount, p_transaction_type,
      null, p_cause_type, p_cause_id
    );
    if v_row.seq is not null then
      return v_row;
    end if;
  end if;

  if v_account.debt::bigint + p_amount > 2000000000 then
    raise exception using
      errcode = 'PT400', message = 'amount_invalid',
      detail = 'An account owes at most 2000000000 credits.',
      hint = 'Reverse less.';
  end if;

  if p_lot_seq is not null then
    select * into v_lot
    from public.credit_lots as l
    where l.user_id = p_user_id and l.seq = p_lot_seq;
    v_from_expired := least(p_amount, coalesce(v_lot.expired, 0));
    v_from_lot := least(p_amount - v_from_expired, coalesce(v_lot.remaining, 0));
    if v_from_expired + v_from_lot > 0 then
      update public.credit_lots as l
      set
        expired = l.expired - v_from_expired,
        remaining = l.remaining - v_from_lot,
        revoked = l.revoked + v_from_expired + v_from_lot,
        rollover_cap = l.rollover_cap + case when l.rolled_held is not null then v_from_lot else 0 end
      where l.user_id = p_user_id and l.seq = p_lot_seq;
    end if;
    if v_from_expired > 0 then
      perform private.post_transaction(
        p_user_id, 'expiration', 'restore', 0, v_from_expired, 0,
        'Expired credits that a reversal takes', p_cause_type => 'lot', p_cause_id => p_lot_seq::text
      );
    end if;
    if v_lot.frozen_at is not null then
      -- A frozen lot's remaining counts as held by the freeze, not by work.
      v_from_frozen := v_from_lot;
      v_from_lot := 0;
    end if;
  end if;

  v_from_others := least(
    p_amount - v_from_expired - v_from_lot - v_from_frozen, v_account.balance - v_from_lot
  );
  if v_from_others > 0 then
    perform private.draw_lots(p_user_id, v_from_others, 'revoked');
  end if;
  return private.post_transaction(
    p_user_id, p_transaction_type, 'reverse',
    -(v_from_lot + v_from_others), -(v_from_frozen + v_from_expired),
    p_amount - v_from_expired - v_from_lot - v_from_frozen - v_from_others,
    p_description, p_metadata, p_idempotency_key,
    p_cause_type => p_cause_type, p_cause_id => p_cause_id, p_actor_id => p_actor_id
  );
end;
$$;
