-- Expires the due lots of a locked account: what remains is taken, what is held
-- stays held, a frozen lot waits for its dispute.
create function private.expire_lots(p_account public.credit_accounts, p_now timestamptz)
returns public.credit_accounts
language plpgsql
set search_path = ''
as $$
declare
  v_account public.credit_accounts;
  v_lot public.credit_lots;
begin
  for v_lot in
    select *
    from public.credit_lots as l
    where l.user_id = p_account.user_id and l.spendable and l.expires_at <= p_now
    order by l.expires_at, l.seq
  loop
    update public.credit_lots as l
    set remaining = 0, expired = l.expired + v_lot.remaining
    where l.user_id = v_lot.user_id and l.seq = v_lot.seq;
    perform private.post_transaction(
      v_lot.user_id, 'expiration', 'expire', -v_lot.remaining, 0, 0,
      'Credits expired', p_cause_type => 'lot', p_cause_id => v_lot.seq::text
    );
  end loop;

  update public.credit_accounts as a
  set next_expiry_at = coalesce(
    (
      select min(l.expires_at)
      from public.credit_lots as l
      where l.user_id = a.user_id and l.spendable
    ),
    'infinity'
  )
  where a.user_id = p_account.user_id
  returning * into v_account;
  return v_account;
end;
$$;
