-- The kind of object that an event of Stripe is about, by the event's type; null for
-- types without effect. A fetched object's event is <kind>.fetched.
create function private.stripe_object_type(p_event_type text)
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  return case
    when p_event_type like '%.fetched' then
      case
        when left(p_event_type, -8) in (
          'product', 'price', 'customer', 'payment_method', 'subscription', 'invoice', 'invoice_payment',
          'charge', 'refund', 'dispute', 'payment_intent', 'checkout.session'
        ) then left(p_event_type, -8)
      end
    when p_event_type like 'customer.subscription.%' then 'subscription'
    when p_event_type in ('customer.created', 'customer.updated', 'customer.deleted') then 'customer'
    when p_event_type = 'invoice.upcoming' then null      -- a forecast: it has no id
    when p_event_type like 'invoice.%' then 'invoice'
    when p_event_type like 'invoice\_payment.%' then 'invoice_payment'
    when p_event_type like 'charge.dispute.%' then 'dispute'
    when p_event_type like 'charge.refund.%' or p_event_type like 'refund.%' then 'refund'
    when p_event_type like 'charge.%' then 'charge'
    when p_event_type like 'payment\_intent.%' then 'payment_intent'
    when p_event_type like 'payment\_method.%' then 'payment_method'
    when p_event_type like 'checkout.session.%' then 'checkout.session'
    when p_event_type like 'product.%' then 'product'
    when p_event_type like 'price.%' then 'price'
  end;
end;
$$;
