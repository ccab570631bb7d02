-- Takes an amount from the account's lots in burn order and books it in each lot
-- as spent, held or revoked. The account is locked and has that much. Mostly the
-- first lot suffices: its row is found by its place, since nothing moves it while
-- the account is locked.
create function private.draw_lots(
  p_user_id uuid,
  p_amount integer,
  p_to text,
  out lot_seqs bigint[],
  out lot_amounts integer[]
)
language plpgsql
set search_path = ''
as $$
declare
  v_left integer := p_amount;
  v_take integer;
  v_seq bigint;
  v_lot record;
begin
  update public.credit_lots as l
  set
    remaining = l.remaining - p_amount,
    spent = l.spent + case p_to when 'spent' then p_amount else 0 end,
    held = l.held + case p_to when 'held' then p_amount else 0 end,
    revoked = l.revoked + case p_to when 'revoked' then p_amount else 0 end
  where l.ctid = (
    select f.ctid
    from public.credit_lots as f
    where f.user_id = p_user_id and f.spendable
    order by f.priority, f.expires_at, f.seq
    limit 1
  ) and l.remaining >= p_amount
  returning l.seq into v_seq;
  if found then
    lot_seqs := array[v_seq];
    lot_amounts := array[p_amount];
    return;
  end if;

  for v_lot in
    select l.seq, l.remaining
    from public.credit_lots as l
    where l.user_id = p_user_id and l.spendable
    order by l.priority, l.expires_at, l.seq
  loop
    v_take := least(v_left, v_lot.remaining);
    update public.credit_lots as l
    set
      remaining = l.remaining - v_take,
      spent = l.spent + case p_to when 'spent' then v_take else 0 end,
      held = l.held + case p_to when 'held' then v_take else 0 end,
      revoked = l.revoked + case p_to when 'revoked' then v_take else 0 end
    where l.user_id = p_user_id and l.seq = v_lot.seq;
    lot_seqs := lot_seqs || v_lot.seq;
    lot_amounts := lot_amounts || v_take;
    v_left := v_left - v_take;
    exit when v_left = 0;
  end loop;
  if v_left > 0 then
    -- The balance promised more than the lots have: the ledger itself is wrong.
    raise exception using
      errcode = 'XX001', message = 'ledger_corrupt',
      detail = format('The lots of user %s are short of %s credits.', p_user_id, v_left);
  end if;
end;
$$;
