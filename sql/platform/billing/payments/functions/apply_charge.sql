-- A charge ties a payment's ids together and says how much of it was refunded. A
-- charge that failed paid nothing; one of a payment that is not known waits for it.
-- Charges of old carry their refunds along.
create function private.apply_charge(p_source text, p_id text, p_now timestamptz)
returns text
language plpgsql
set search_path = ''
as $$
declare
  v_version private.picked_version := private.pick_version(p_source, 'charge', p_id);
  v_facts private.charge_facts := private.read_charge(p_source, v_version.object);
  v_payment public.payments;
begin
  if v_facts.status is distinct from 'succeeded' then
    return 'applied';
  end if;
  v_payment := private.payment_of(p_source, v_facts.payment_references);
  if v_payment.external_id is null then
    return 'payment:' || v_facts.payment_references[1];
  end if;
  perform private.add_payment_references(p_source, v_payment.external_id, v_facts.payment_references);
  insert into private.charges as c (source, id, payment_id, amount, amount_refunded)
  values (p_source, p_id, v_payment.external_id, v_facts.amount, v_facts.amount_refunded)
  on conflict (source, id) do update
  set amount = excluded.amount, amount_refunded = excluded.amount_refunded;
  perform private.keep_embedded_refunds(p_source, p_id, v_payment);
  perform private.settle_payment(p_source, v_payment.external_id, p_now);
  return 'applied';
end;
$$;
