-- A refund of a payment takes its share of the credits; one that failed gives it back.
create function private.apply_refund(p_source text, p_id text, p_now timestamptz)
returns text
language plpgsql
set search_path = ''
as $$
declare
  v_version private.picked_version := private.pick_version(p_source, 'refund', p_id);
  v_facts private.refund_facts := private.read_refund(p_source, v_version.object);
  v_payment public.payments := private.payment_of(p_source, v_facts.payment_references);
begin
  if v_payment.external_id is null then
    return coalesce('payment:' || v_facts.payment_references[1], 'ignored');
  end if;
  perform private.add_payment_references(p_source, v_payment.external_id, v_facts.payment_references);
  perform private.put_refund(p_source, p_id, v_payment);
  perform private.settle_payment(p_source, v_payment.external_id, p_now);
  return 'applied';
end;
$$;
