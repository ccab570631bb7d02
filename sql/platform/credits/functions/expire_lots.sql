-- Expires the due lots of a locked account: what remains is taken, what is held
-- stays held, a frozen lot waits for its dispute. Of a lot that rolls over as much as
-- its cap stays, until the time it may be carried to.
create function private.expire_lots(p_account public.credit_accounts, p_now timestamptz)
returns public.credit_accounts
language plpgsql
set search_path = ''
as $$
declare
  v_account public.credit_accounts;
  v_lot public.credit_lots;
  v_kept integer;
  v_next timestamptz;
begin
  loop
    for v_lot in
      select *
      from public.credit_lots as l
      where l.user_id = p_account.user_id and l.spendable and l.expires_at <= p_now
      order by l.expires_at, l.seq
    loop
      v_kept := 0;
      if v_lot.rollover_until > v_lot.expires_at then
        v_kept := least(v_lot.remaining, v_lot.rollover_cap);
        update public.credit_lots as l
        set
          remaining = v_kept,
          expired = l.expired + v_lot.remaining - v_kept,
          expires_at = v_lot.rollover_until,
          rollover_until = null,
          rollover_cap = l.rollover_cap - v_kept,
          rolled_held = l.held
        where l.user_id = v_lot.user_id and l.seq = v_lot.seq;
      else
        update public.credit_lots as l
        set remaining = 0, expired = l.expired + v_lot.remaining
        where l.user_id = v_lot.user_id and l.seq = v_lot.seq;
      end if;
      if v_lot.remaining > v_kept then
        perform private.post_transaction(
          v_lot.user_id, 'expiration', 'expire', v_kept - v_lot.remaining, 0, 0,
          'Credits expired', p_cause_type => 'lot', p_cause_id => v_lot.seq::text
        );
      end if;
    end loop;

    select coalesce(min(l.expires_at), 'infinity') into v_next
    from public.credit_lots as l
    where l.user_id = p_account.user_id and l.spendable;
    -- What was carried over may be over as well by now.
    exit when v_next > p_now;
  end loop;

  update public.credit_accounts as a
  set next_expiry_at = v_next
  where a.user_id = p_account.user_id
  returning * into v_account;
  return v_account;
end;
$$;
