-- What an event of Stripe does: applied, ignored (nothing of ours), or what has to
-- be known first, such as customer:cus_1.
create function private.apply_stripe_event(p_event public.webhook_events, p_now timestamptz)
returns text
language plpgsql
set search_path = ''
as $$
declare
  v_type text := p_event.object_type;
  v_id text := p_event.object_id;
  v_kept record;
begin
  if v_type is null then
    return 'ignored';
  end if;
  select * into v_kept from private.keep_stripe_version(p_event);
  if v_type = 'payment_method' then
    return private.apply_payment_method('stripe', v_id);     -- a detached one names nobody
  end if;
  if v_kept.user_id is null and v_type in ('customer', 'subscription', 'invoice') then
    return coalesce('customer:' || private.stripe_customer_of(v_type, v_id, v_kept.object), 'ignored');
  end if;
  return case v_type
    when 'product' then private.apply_product('stripe', v_id)
    when 'price' then private.apply_price('stripe', v_id)
    when 'customer' then private.apply_customer(v_id, v_kept.user_id)
    when 'subscription' then private.apply_subscription('stripe', v_id, v_kept.user_id, p_now)
    when 'invoice' then private.apply_invoice('stripe', v_id, v_kept.user_id, p_now)
    when 'invoice_payment' then private.apply_invoice_payment(v_kept.object)
    when 'charge' then private.apply_charge('stripe', v_id, p_now)
    when 'refund' then private.apply_refund('stripe', v_id, p_now)
    when 'dispute' then private.apply_dispute('stripe', v_id, p_now)
    when 'payment_intent' then
      case p_event.event_type
        when 'payment_intent.payment_failed' then private.apply_failed_intent(v_kept.object, p_now)
        else private.apply_payment_intent(v_kept.object, p_now)
      end
    when 'checkout.session' then private.apply_checkout_session(p_event.event_type, v_kept.object, p_now)
    else 'applied'            -- kept; nothing follows from it
  end;
end;
$$;
