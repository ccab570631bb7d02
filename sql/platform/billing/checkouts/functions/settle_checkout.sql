-- Books the payment of a locked checkout and grants what was offered, once.
create function private.settle_checkout(
  p_checkout public.checkouts,
  p_payment_id text,
  p_amount integer,
  p_references text[],
  p_now timestamptz
)
returns void
language plpgsql
set search_path = ''
as $$
begin
  if exists (
    select 1
    from public.payments as p
    where p.checkout_id = p_checkout.id and (p.source, p.external_id) <> (p_checkout.source, p_payment_id)
  ) then
    raise exception using
      errcode = 'PT422', message = 'checkout_already_paid',
      detail = format('Checkout %s was paid by another payment than %s.', p_checkout.id, p_payment_id),
      hint = 'Compare both in Stripe; one checkout grants once.';
  end if;

  -- The payment first: who comes second, for whichever checkout, waits here and
  -- finds it made.
  insert into public.payments (source, external_id, user_id, checkout_id, amount, currency, credits)
  values (
    p_checkout.source, p_payment_id, p_checkout.user_id, p_checkout.id, p_amount, p_checkout.currency,
    p_checkout.credits
  )
  on conflict (source, external_id) do nothing;
  if found then
    insert into private.payment_grants (
      source, payment_id, n, user_id, transaction_type, credits, due_at, expires_at, metadata
    )
    values (
      p_checkout.source, p_payment_id, 1, p_checkout.user_id, 'purchase', p_checkout.credits, '-infinity',
      coalesce(p_now + p_checkout.expires_after, 'infinity'),
      jsonb_build_object(
        'checkout_id', p_checkout.id, 'package_id', p_checkout.package_id,
        'stripe_payment_intent_id', case when p_payment_id like 'pi\_%' then p_payment_id end
      )
    );
  elsif not exists (
    select 1
    from public.payments as p
    where p.source = p_checkout.source and p.external_id = p_payment_id and p.checkout_id = p_checkout.id
  ) then
    raise exception using
      errcode = 'PT422', message = 'payment_of_another_checkout',
      detail = format('Payment %s was booked for another checkout than %s.', p_payment_id, p_checkout.id),
      hint = 'Compare both in Stripe; one payment grants once.';
  end if;
  update public.checkouts as c
  set status = 'paid'
  where c.id = p_checkout.id and c.status <> 'paid';
  perform private.add_payment_references(p_checkout.source, p_payment_id, p_references);
  perform private.settle_payment(p_checkout.source, p_payment_id, p_now);
end;
$$;
