-- What a Stripe event does: applied, ignored (a type without effect) or waiting.
create function private.apply_stripe_event(p_event jsonb, p_now timestamptz)
returns text
language plpgsql
set search_path = ''
as $$
declare
  v_object jsonb := p_event -> 'data' -> 'object';
begin
  return case p_event ->> 'type'
    when 'checkout.session.completed' then private.apply_checkout_session(v_object, p_now)
    when 'checkout.session.async_payment_succeeded' then private.apply_checkout_session(v_object, p_now)
    when 'checkout.session.async_payment_failed' then private.end_checkout(v_object, 'failed')
    when 'checkout.session.expired' then private.end_checkout(v_object, 'expired')
    else 'ignored'
  end;
end;
$$;
