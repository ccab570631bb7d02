-- Books a capture of a locked, open hold that still has the amount. Final gives the
-- rest back.
create function private.capture_locked_hold(
  p_hold public.credit_holds,
  p_amount integer,
  p_final boolean,
  p_idempotency_key text,
  p_job_id uuid,
  p_now timestamptz
)
returns public.credit_transactions
language plpgsql
set search_path = ''
as $$
declare
  v_hold public.credit_holds;
  v_row public.credit_transactions;
begin
  perform private.consume_held_lots(p_hold, p_amount);
  v_row := private.post_transaction(
    p_hold.user_id, 'usage', 'capture', 0, -p_amount, 0,
    p_hold.description, p_hold.metadata, p_idempotency_key,
    p_hold_id => p_hold.id, p_job_id => p_job_id
  );
  update public.credit_holds as h
  set
    captured = h.captured + p_amount,
    status = case when p_final then 'captured' else h.status end,
    final_seq = case when p_final then v_row.seq end,
    ended_at = case when p_final then p_now end
  where h.id = p_hold.id
  returning * into v_hold;
  if p_final and v_hold.captured < v_hold.amount then
    perform private.return_held_lots(v_hold, p_now);
  end if;
  return v_row;
end;
$$;
