-- Spends held credits. Null amount: all that is left. Final (the default) gives
-- the rest back; not final keeps the rest held, needs a key, and may be repeated
-- with other keys, so that an envelope is captured shot by shot.
create function private.capture_hold(
  p_hold_id uuid,
  p_amount integer default null,
  p_final boolean default true,
  p_idempotency_key text default null,
  p_now timestamptz default now()
)
returns public.credit_transactions
language plpgsql
security definer            -- the account row is not the caller's to write
set search_path = ''
as $$
declare
  v_hold public.credit_holds;
  v_row public.credit_transactions;
  v_left integer;
  v_amount integer;
begin
  if p_final is null then
    raise exception using
      errcode = 'PT400', message = 'argument_missing',
      detail = 'p_final must not be null.', hint = 'Send true or false.';
  end if;
  if not p_final and p_idempotency_key is null then
    raise exception using
      errcode = 'PT400', message = 'idempotency_key_missing',
      detail = 'A capture that is not final can be repeated, so it needs a key.',
      hint = 'Send a key that names the part captured.';
  end if;
  v_hold := private.lock_hold(p_hold_id, p_now);
  v_left := v_hold.amount - v_hold.captured;
  perform private.check_credit_request(
    v_hold.user_id, coalesce(p_amount, 1), null, null, p_idempotency_key
  );

  if p_idempotency_key is not null then
    select * into v_row
    from public.credit_transactions as t
    where t.user_id = v_hold.user_id and t.idempotency_key = p_idempotency_key;
    v_row := private.find_transaction(
      v_hold.user_id, p_idempotency_key, 'capture',
      -- A repeated "all" means what the first call meant by it.
      coalesce(-p_amount, v_row.amount, -v_left), 'usage', p_hold_id
    );
    if v_row.seq is not null then
      return v_row;
    end if;
  end if;

  if v_hold.status <> 'held' then
    if v_hold.status = 'captured' and p_final and p_idempotency_key is null then
      select * into v_row
      from public.credit_transactions as t
      where t.user_id = v_hold.user_id and t.seq = v_hold.final_seq;
      if (p_amount is null and v_hold.captured = v_hold.amount) or p_amount = -v_row.amount then
        return v_row;
      end if;
    end if;
    raise exception using
      errcode = 'PT409', message = 'hold_already_' || v_hold.status,
      detail = format('The hold %s ended at %s.', p_hold_id, v_hold.ended_at),
      hint = 'A hold ends once.';
  end if;
  if v_hold.expires_at <= p_now then
    -- The sweep gives the credits back; lazy and swept refuse alike.
    raise exception using
      errcode = 'PT409', message = 'hold_already_expired',
      detail = format('The deadline of hold %s was %s.', p_hold_id, v_hold.expires_at),
      hint = 'Hold the credits again.';
  end if;

  v_amount := coalesce(p_amount, v_left);
  if v_amount > v_left then
    raise exception using
      errcode = 'PT400', message = 'capture_exceeds_hold',
      detail = format('Asked for %s, still held %s.', v_amount, v_left),
      hint = 'Capture at most what is held.';
  end if;
  if v_amount = 0 then
    raise exception using
      errcode = 'PT409', message = 'hold_already_captured',
      detail = format('All of hold %s is captured.', p_hold_id),
      hint = 'Release it to end it.';
  end if;

  return private.capture_locked_hold(v_hold, v_amount, p_final, p_idempotency_key, null, p_now);
end;
$$;
grant execute on function private.capture_hold(uuid, integer, boolean, text, timestamptz)
  to service_role;
