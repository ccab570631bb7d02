-- A session that is paid grants its package's credits, once a payment: the payment
-- is the key, so the session, the late success of a slow method and the same event
-- under another id are one grant.
create function private.apply_checkout_session(p_session jsonb, p_now timestamptz)
returns text
language plpgsql
set search_path = ''
as $$
declare
  v_checkout public.checkouts;
  -- The payment's id, also where Stripe expanded it into an object.
  v_key text := coalesce(
    p_session -> 'payment_intent' ->> 'id', p_session ->> 'payment_intent', p_session ->> 'id'
  );
  v_grant public.credit_transactions;
begin
  if p_session ->> 'mode' is distinct from 'payment' then
    return 'ignored';
  end if;
  v_checkout := private.lock_checkout(p_session);
  if v_checkout.id is null then
    -- A session without our mark was made by somebody else than checkout.
    return case when p_session -> 'metadata' ->> 'checkout_id' is null then 'ignored' else 'waiting' end;
  end if;
  if p_session ->> 'customer' is not null then
    perform private.attach_customer(v_checkout.user_id, p_session ->> 'customer');
  end if;
  if coalesce(p_session ->> 'payment_status', '') not in ('paid', 'no_payment_required') then
    return 'applied';       -- a slow method: its own event tells how it ended
  end if;
  if p_session ->> 'currency' is distinct from v_checkout.currency
    or coalesce((p_session ->> 'amount_subtotal')::integer, v_checkout.unit_amount) <> v_checkout.unit_amount then
    raise exception using
      errcode = 'PT422', message = 'amount_mismatch',
      detail = format('Offered %s %s, the session says %s %s.', v_checkout.unit_amount,
        v_checkout.currency, p_session ->> 'amount_subtotal', p_session ->> 'currency'),
      hint = 'Compare the checkout with the session in Stripe.';
  end if;

  if exists (
    select 1
    from public.payments as p
    where p.checkout_id = v_checkout.id and (p.source, p.external_id) <> ('stripe', v_key)
  ) then
    raise exception using
      errcode = 'PT422', message = 'checkout_already_paid',
      detail = format('Checkout %s was paid by another payment than %s.', v_checkout.id, v_key),
      hint = 'Compare both in Stripe; one checkout grants once.';
  end if;

  -- The payment first: who comes second, for whichever checkout, waits here and
  -- finds it made.
  insert into public.payments (source, external_id, user_id, checkout_id, amount, currency, credits)
  values (
    'stripe', v_key, v_checkout.user_id, v_checkout.id,
    coalesce((p_session ->> 'amount_total')::integer, v_checkout.unit_amount), v_checkout.currency,
    v_checkout.credits
  )
  on conflict (source, external_id) do nothing;
  if found then
    v_grant := private.grant_credits(
      v_checkout.user_id, v_checkout.credits, 'purchase', 'Credit package',
      jsonb_build_object(
        'checkout_id', v_checkout.id, 'package_id', v_checkout.package_id,
        'stripe_payment_intent_id', nullif(v_key, p_session ->> 'id')
      ),
      'stripe:payment:' || v_key, p_now + v_checkout.expires_after, 'stripe_payment', v_key,
      p_now => p_now
    );
    update public.payments as p
    set lot_seq = v_grant.seq
    where p.source = 'stripe' and p.external_id = v_key;
  elsif not exists (
    select 1
    from public.payments as p
    where p.source = 'stripe' and p.external_id = v_key and p.checkout_id = v_checkout.id
  ) then
    raise exception using
      errcode = 'PT422', message = 'payment_of_another_checkout',
      detail = format('Payment %s was booked for another checkout than %s.', v_key, v_checkout.id),
      hint = 'Compare both in Stripe; one payment grants once.';
  end if;
  update public.checkouts as c
  set status = 'paid', external_id = coalesce(c.external_id, p_session ->> 'id')
  where c.id = v_checkout.id;
  return 'applied';
end;
$$;
