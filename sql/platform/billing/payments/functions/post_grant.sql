-- Grants a lot of a payment and answers its seq. One of a period that is over by now
-- is granted all the same, and expires with the posting.
create function private.post_grant(p_grant private.payment_grants, p_now timestamptz)
returns bigint
language plpgsql
set search_path = ''
as $$
declare
  v_is_package boolean := p_grant.transaction_type = 'purchase';
  v_kind text := case when v_is_package then 'payment' else 'invoice' end;
  v_row public.credit_transactions;
begin
  v_row := private.grant_credits(
    p_grant.user_id, p_grant.credits, p_grant.transaction_type,
    case when v_is_package then 'Credit package' else 'Plan credits' end,
    p_grant.metadata,
    format('%s:%s:%s', p_grant.source, v_kind, p_grant.payment_id)
      || case when p_grant.n > 1 then ':' || p_grant.n else '' end,
    nullif(p_grant.expires_at, 'infinity'),
    p_grant.source || '_' || v_kind, p_grant.payment_id,
    p_now => p_now,
    p_rollover_cap => p_grant.rollover_cap,
    p_rollover_until => p_grant.rollover_until,
    p_is_late => true
  );
  if p_grant.n = 1 then
    update public.payments as p
    set lot_seq = v_row.seq
    where p.source = p_grant.source and p.external_id = p_grant.payment_id;
  end if;
  return v_row.seq;
end;
$$;
