-- Sets credits aside for work to come. Nothing is written to the ledger until the
-- hold is captured; p_expires_in null means that the deadlines of its jobs end it.
create function private.hold_credits(
  p_user_id uuid,
  p_amount integer,
  p_description text default null,
  p_metadata jsonb default null,
  p_idempotency_key text default null,
  p_expires_in interval default '1 hour',
  p_now timestamptz default now()
)
returns public.credit_holds
language plpgsql
security definer            -- the account row is not the caller's to write
set search_path = ''
as $$
declare
  v_account public.credit_accounts;
  v_hold public.credit_holds;
  v_seqs bigint[];
  v_amounts integer[];
begin
  perform private.check_credit_request(
    p_user_id, p_amount, p_description, p_metadata, p_idempotency_key
  );
  if p_expires_in <= interval '0' or p_expires_in > interval '365 days' then
    raise exception using
      errcode = 'PT400', message = 'deadline_invalid',
      detail = format('A hold cannot last %s.', p_expires_in),
      hint = 'Send more than nothing and at most a year.';
  end if;

  v_account := private.lock_account(p_user_id, p_now);
  if p_idempotency_key is not null then
    select * into v_hold
    from public.credit_holds as h
    where h.user_id = p_user_id and h.idempotency_key = p_idempotency_key;
    if found then
      if v_hold.amount <> p_amount then
        perform private.refuse_reused_key(p_idempotency_key);
      end if;
      return v_hold;
    end if;
    if exists (
      select 1 from public.credit_transactions as t
      where t.user_id = p_user_id and t.idempotency_key = p_idempotency_key
    ) then
      perform private.refuse_reused_key(p_idempotency_key);
    end if;
  end if;
  perform private.require_open_account(v_account);
  if v_account.balance < p_amount then
    perform private.refuse_spend(v_account, p_amount);
  end if;

  select d.lot_seqs, d.lot_amounts into v_seqs, v_amounts
  from private.draw_lots(p_user_id, p_amount, 'held') as d;
  update public.credit_accounts as a
  set balance = a.balance - p_amount, held = a.held + p_amount, updated_at = now()
  where a.user_id = p_user_id;
  insert into public.credit_holds as h (
    user_id, amount, lot_seqs, lot_amounts, expires_at, description, metadata, idempotency_key
  )
  values (
    p_user_id, p_amount, v_seqs, v_amounts, p_now + p_expires_in,
    p_description, coalesce(p_metadata, '{}'::jsonb), p_idempotency_key
  )
  returning * into v_hold;
  return v_hold;
end;
$$;
grant execute on function private.hold_credits(
  uuid, integer, text, jsonb, text, interval, timestamptz
) to service_role;
