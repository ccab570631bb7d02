-- Posts the difference between what should have been taken back of a lot, for refunds
-- and for lost disputes, and what was; giving back before taking.
create function private.reconcile_grant(
  p_grant private.payment_grants,
  p_refunded integer,
  p_charged_back integer,
  p_now timestamptz
)
returns private.payment_grants
language plpgsql
set search_path = ''
as $$
declare
  v_grant private.payment_grants := p_grant;
  v_step record;
begin
  for v_step in
    select *
    from (
      values
        ('refund', p_refunded - p_grant.refunded, 'Payment refunded', 'Refund failed'),
        ('chargeback', p_charged_back - p_grant.charged_back, 'Dispute lost', 'Dispute won back')
    ) as s (type, difference, taken, given)
    where s.difference <> 0
    order by s.difference
  loop
    if v_step.difference > 0 then
      v_grant.taken := v_grant.taken + private.take_back(
        v_grant.user_id, v_step.difference, v_step.type, v_grant.lot_seq, v_step.taken,
        p_grant.source || '_payment', p_grant.payment_id, p_now
      );
    else
      v_grant.taken := v_grant.taken - private.give_back(
        v_grant.user_id, -v_step.difference, v_step.type, v_grant.lot_seq, v_grant.taken, v_step.given,
        p_grant.source || '_payment', p_grant.payment_id, p_now
      );
    end if;
  end loop;
  v_grant.refunded := p_refunded;
  v_grant.charged_back := p_charged_back;
  return v_grant;
end;
$$;
