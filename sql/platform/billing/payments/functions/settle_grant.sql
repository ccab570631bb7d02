-- One lot of a payment: see settle_payment. What the lot was granted is taken back in
-- proportion to the money, never more than it granted.
create function private.settle_grant(
  p_payment public.payments,
  p_grant private.payment_grants,
  p_ended_at timestamptz,
  p_now timestamptz
)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_grant private.payment_grants := p_grant;
  v_lot public.credit_lots;
  v_is_over boolean := coalesce(p_grant.due_at >= p_ended_at, false);
  v_is_frozen boolean := p_payment.is_disputed and not v_is_over;
  v_refund integer := 0;
  v_lost integer := 0;
begin
  if v_grant.is_cancelled or (v_grant.lot_seq is null and not v_is_over and v_grant.due_at > p_now) then
    return;
  end if;
  if v_grant.lot_seq is null and not v_is_over then
    v_grant.lot_seq := private.post_grant(v_grant, p_now);
  end if;
  if v_grant.lot_seq is not null then
    select * into v_lot
    from public.credit_lots as l
    where l.user_id = v_grant.user_id and l.seq = v_grant.lot_seq;
    if not v_is_over and p_payment.amount > 0 then
      v_refund := private.credit_share(v_grant.credits, p_payment.amount_refunded, p_payment.amount);
      v_lost := private.credit_share(
        v_grant.credits, p_payment.amount_refunded::bigint + p_payment.amount_lost, p_payment.amount
      ) - v_refund;
    end if;
    if v_is_frozen and v_lot.frozen_at is null then
      perform private.freeze_lot(v_grant.user_id, v_grant.lot_seq, p_now);
    end if;
    if (v_grant.refunded, v_grant.charged_back) <> (v_refund, v_lost) then
      v_grant := private.reconcile_grant(v_grant, v_refund, v_lost, p_now);
    end if;
    if not v_is_frozen and v_lot.frozen_at is not null then
      perform private.unfreeze_lot(v_grant.user_id, v_grant.lot_seq, p_now);
    end if;
    if v_is_over then
      -- Granted before it was known that the subscription had ended.
      perform private.void_lot(
        v_grant.user_id, v_grant.lot_seq, v_grant.transaction_type, 'The subscription had ended', p_now
      );
    elsif v_grant.transaction_type = 'monthly_reset'
      and (v_lot.expires_at > p_ended_at or v_lot.rollover_until > p_ended_at) then
      perform private.end_lot(v_grant.user_id, v_grant.lot_seq, p_ended_at, p_now);
    end if;
  end if;
  v_grant.is_cancelled := v_is_over;
  if v_grant is distinct from p_grant then
    update private.payment_grants as g
    set
      lot_seq = v_grant.lot_seq,
      refunded = v_grant.refunded,
      charged_back = v_grant.charged_back,
      taken = v_grant.taken,
      is_cancelled = v_grant.is_cancelled
    where g.source = v_grant.source and g.payment_id = v_grant.payment_id and g.n = v_grant.n;
  end if;
end;
$$;
