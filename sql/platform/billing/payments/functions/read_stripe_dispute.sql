create function private.read_stripe_dispute(p_object jsonb)
returns private.dispute_facts
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_facts private.dispute_facts;
begin
  v_facts.id := p_object ->> 'id';
  v_facts.payment_references := private.stripe_references('dispute', p_object);
  v_facts.status := p_object ->> 'status';
  v_facts.amount := (p_object ->> 'amount')::integer;
  v_facts.currency := p_object ->> 'currency';
  v_facts.reason := p_object ->> 'reason';
  v_facts.evidence_due_at := private.unix_time(p_object #>> '{evidence_details,due_by}');
  v_facts.created := private.unix_time(p_object ->> 'created');
  return v_facts;
end;
$$;
