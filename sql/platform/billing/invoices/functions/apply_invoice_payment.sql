-- Since 2025-03-31 an invoice no longer names what paid it; this object does.
create function private.apply_invoice_payment(p_object jsonb)
returns text
language plpgsql
set search_path = ''
as $$
declare
  v_references text[] := private.stripe_references('invoice_payment', p_object);
  v_payment public.payments;
begin
  if p_object ->> 'status' is distinct from 'paid' then
    return 'applied';
  end if;
  v_payment := private.payment_of('stripe', v_references);
  if v_payment.external_id is null then
    return 'payment:' || v_references[1];
  end if;
  perform private.add_payment_references('stripe', v_payment.external_id, v_references);
  return 'applied';
end;
$$;
