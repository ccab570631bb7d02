create function private.read_stripe_refund(p_object jsonb)
returns private.refund_facts
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_facts private.refund_facts;
begin
  v_facts.id := p_object ->> 'id';
  v_facts.payment_references := private.stripe_references('refund', p_object);
  v_facts.status := coalesce(p_object ->> 'status', 'succeeded');   -- very old refunds have none
  v_facts.amount := (p_object ->> 'amount')::integer;
  v_facts.currency := p_object ->> 'currency';
  v_facts.reason := p_object ->> 'reason';
  v_facts.created := private.unix_time(p_object ->> 'created');
  return v_facts;
end;
$$;
