-- Lets a lot end no later than a time; past, it ends now. What it may carry over ends
-- then too.
create function private.end_lot(p_user_id uuid, p_lot_seq bigint, p_ends_at timestamptz, p_now timestamptz)
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform private.lock_account(p_user_id, p_now);
  update public.credit_lots as l
  set
    expires_at = least(l.expires_at, p_ends_at),
    rollover_until = case when l.rollover_until > p_ends_at then p_ends_at else l.rollover_until end
  where l.user_id = p_user_id and l.seq = p_lot_seq
    and (l.expires_at > p_ends_at or l.rollover_until > p_ends_at);
  if found then
    update public.credit_accounts as a
    set next_expiry_at = p_ends_at
    where a.user_id = p_user_id and a.next_expiry_at > p_ends_at;
    perform private.lock_account(p_user_id, p_now);
  end if;
end;
$$;
