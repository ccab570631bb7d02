-- Puts credits into an account as one lot. A debt is repaid first: that part of
-- the lot counts as spent. The cause lets a reversal find the lot again. Late credits
-- (of a period that was paid for and is over by now) are booked and expire at once.
create function private.grant_credits(
  p_user_id uuid,
  p_amount integer,
  p_transaction_type text,
  p_description text default null,
  p_metadata jsonb default null,
  p_idempotency_key text default null,
  p_expires_at timestamptz default null,
  p_cause_type text default null,
  p_cause_id text default null,
  p_actor_id uuid default null,
  p_now timestamptz default now(),
  p_rollover_cap integer default 0,
  p_rollover_until timestamptz default null,
  p_is_late boolean default false
)
returns public.credit_transactions
language plpgsql
security definer            -- the account row is not the caller's to write
set search_path = ''
as $$
declare
  v_account public.credit_accounts;
  v_row public.credit_transactions;
  v_repaid integer;
begin
  perform private.check_credit_request(
    p_user_id, p_amount, p_description, p_metadata, p_idempotency_key
  );
  if p_transaction_type is null or p_transaction_type not in (
    'purchase', 'refund', 'bonus', 'monthly_reset', 'trial_grant', 'adjustment'
  ) then
    raise exception using
      errcode = 'PT400', message = 'transaction_type_invalid',
      detail = format('"%s" is not a type of grant.', p_transaction_type),
      hint = 'Use purchase, refund, bonus, monthly_reset, trial_grant or adjustment.';
  end if;

  v_account := private.lock_account(p_user_id, p_now);
  if p_idempotency_key is not null then
    v_row := private.find_transaction(
      p_user_id, p_idempotency_key, 'grant', p_amount, p_transaction_type,
      null, p_cause_type, p_cause_id
    );
    if v_row.seq is not null then
      return v_row;
    end if;
  end if;
  if p_expires_at <= p_now and not p_is_late then
    raise exception using
      errcode = 'PT400', message = 'expiry_in_the_past',
      detail = format('The credits would have expired at %s.', p_expires_at),
      hint = 'Send a time to come, or null for credits that do not expire.';
  end if;
  if v_account.balance + v_account.held::bigint + p_amount > 2000000000 then
    raise exception using
      errcode = 'PT400', message = 'amount_invalid',
      detail = 'An account holds at most 2000000000 credits.',
      hint = 'Grant less.';
  end if;

  v_repaid := least(p_amount, v_account.debt);
  v_row := private.post_transaction(
    p_user_id, p_transaction_type, 'grant',
    p_amount - v_repaid, 0, -v_repaid,
    p_description, p_metadata, p_idempotency_key,
    p_cause_type => p_cause_type, p_cause_id => p_cause_id,
    p_expires_at => p_expires_at, p_actor_id => p_actor_id
  );

  insert into public.credit_lots (
    user_id, seq, source, granted, remaining, spent, priority, expires_at, rollover_cap, rollover_until,
    cause_type, cause_id
  )
  values (
    p_user_id, v_row.seq, p_transaction_type, p_amount, p_amount - v_repaid, v_repaid,
    private.lot_priority(p_transaction_type), coalesce(p_expires_at, 'infinity'),
    p_rollover_cap, p_rollover_until, p_cause_type, p_cause_id
  );

  if p_expires_at is not null then
    update public.credit_accounts as a
    set next_expiry_at = least(a.next_expiry_at, p_expires_at)
    where a.user_id = p_user_id;
    if p_expires_at <= p_now then
      perform private.lock_account(p_user_id, p_now);
    end if;
  end if;
  return v_row;
end;
$$;
grant execute on function private.grant_credits(
  uuid, integer, text, text, jsonb, text, timestamptz, text, text, uuid, timestamptz, integer, timestamptz, boolean
) to service_role;
