-- A session that is paid grants its package's credits, once a payment: the payment
-- is the key, so the session, the late success of a slow method, the payment intent
-- and the same event under another id are one grant.
create function private.apply_checkout_session(p_event_type text, p_session jsonb, p_now timestamptz)
returns text
language plpgsql
set search_path = ''
as $$
declare
  v_checkout public.checkouts;
  v_id text := p_session #>> '{metadata,checkout_id}';
  -- The payment's id, also where Stripe expanded it into an object.
  v_intent text := coalesce(p_session #>> '{payment_intent,id}', p_session ->> 'payment_intent');
begin
  if p_session ->> 'mode' is distinct from 'payment' then
    return 'applied';         -- a subscription's own events tell of it
  end if;
  v_checkout := private.lock_checkout(p_session);
  if v_checkout.id is null then
    -- A session without our mark was made by somebody else than checkout.
    return coalesce('checkout:' || v_id, 'ignored');
  end if;
  if p_event_type = 'checkout.session.async_payment_failed' then
    perform private.end_checkout(v_checkout.id, 'failed');
    return 'applied';
  elsif p_event_type = 'checkout.session.expired' or p_session ->> 'status' = 'expired' then
    perform private.end_checkout(v_checkout.id, 'expired');
    return 'applied';
  elsif coalesce(p_session ->> 'payment_status', '') not in ('paid', 'no_payment_required') then
    return 'applied';         -- a slow method: its own event tells how it ended
  end if;
  if p_session ->> 'currency' is distinct from v_checkout.currency
    or coalesce((p_session ->> 'amount_subtotal')::integer, v_checkout.unit_amount) <> v_checkout.unit_amount then
    perform private.refuse_amount(v_checkout, p_session ->> 'amount_subtotal', p_session ->> 'currency');
  end if;
  perform private.settle_checkout(
    v_checkout, coalesce(v_intent, p_session ->> 'id'),
    coalesce((p_session ->> 'amount_total')::integer, v_checkout.unit_amount),
    array[p_session ->> 'id', coalesce(p_session #>> '{invoice,id}', p_session ->> 'invoice')], p_now
  );
  update public.checkouts as c
  set external_id = p_session ->> 'id'
  where c.id = v_checkout.id and c.external_id is null;
  return 'applied';
end;
$$;
