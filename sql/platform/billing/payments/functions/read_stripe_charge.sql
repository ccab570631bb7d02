create function private.read_stripe_charge(p_object jsonb)
returns private.charge_facts
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_facts private.charge_facts;
begin
  v_facts.id := p_object ->> 'id';
  v_facts.payment_references := private.stripe_references('charge', p_object);
  v_facts.status := p_object ->> 'status';
  v_facts.amount := (p_object ->> 'amount')::integer;
  v_facts.amount_refunded := coalesce((p_object ->> 'amount_refunded')::integer, 0);
  return v_facts;
end;
$$;
