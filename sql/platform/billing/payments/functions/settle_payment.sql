-- Brings the credits of a payment to where its facts say they are: grants what is
-- due, takes back the share of its money that went back or was lost, gives back what
-- was taken for a refund that failed, freezes while a dispute is open, ends lots with
-- their subscription. Called under the user's billing lock after any of these facts
-- changed, in whatever order; what is posted already is counted, not repeated.
create function private.settle_payment(p_source text, p_payment_id text, p_now timestamptz)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_payment public.payments;
  v_ended_at timestamptz;
  v_refunded bigint;
  v_lost bigint;
  v_is_disputed boolean;
  v_grant private.payment_grants;
begin
  select * into v_payment
  from public.payments as p
  where p.source = p_source and p.external_id = p_payment_id
  for no key update;
  v_refunded := private.refunded_amount(p_source, p_payment_id);
  select
    coalesce(sum(d.amount) filter (where d.status = 'lost'), 0),
    coalesce(bool_or(d.status in ('needs_response', 'under_review')), false)
  into v_lost, v_is_disputed
  from public.disputes as d
  where d.source = p_source and d.payment_id = p_payment_id;
  if (v_payment.amount_refunded, v_payment.amount_lost, v_payment.is_disputed)
    is distinct from (v_refunded::integer, v_lost::integer, v_is_disputed) then
    update public.payments as p
    set amount_refunded = v_refunded, amount_lost = v_lost, is_disputed = v_is_disputed
    where p.source = p_source and p.external_id = p_payment_id
    returning * into v_payment;
  end if;
  select s.ended_at into v_ended_at
  from public.subscriptions as s
  where s.id = v_payment.subscription_id and s.source = p_source;

  for v_grant in
    select *
    from private.payment_grants as g
    where g.source = p_source and g.payment_id = p_payment_id
    order by g.n
  loop
    perform private.settle_grant(v_payment, v_grant, v_ended_at, p_now);
  end loop;
end;
$$;
