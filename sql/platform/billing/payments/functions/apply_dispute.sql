-- A dispute of a payment freezes what is left of its credits, then gives or takes them.
create function private.apply_dispute(p_source text, p_id text, p_now timestamptz)
returns text
language plpgsql
set search_path = ''
as $$
declare
  v_version private.picked_version := private.pick_version(p_source, 'dispute', p_id);
  v_facts private.dispute_facts := private.read_dispute(p_source, v_version.object);
  v_payment public.payments := private.payment_of(p_source, v_facts.payment_references);
begin
  if v_payment.external_id is null then
    return coalesce('payment:' || v_facts.payment_references[1], 'ignored');
  end if;
  perform private.add_payment_references(p_source, v_payment.external_id, v_facts.payment_references);
  insert into public.disputes as d (
    id, source, user_id, payment_id, amount, currency, status, reason, evidence_due_at, created_at
  )
  values (
    p_id, p_source, v_payment.user_id, v_payment.external_id, v_facts.amount,
    coalesce(v_facts.currency, v_payment.currency), v_facts.status, v_facts.reason, v_facts.evidence_due_at,
    coalesce(v_facts.created, v_version.created)
  )
  on conflict (id) do update
  set
    amount = excluded.amount,
    status = excluded.status,
    reason = excluded.reason,
    evidence_due_at = excluded.evidence_due_at;
  perform private.settle_payment(p_source, v_payment.external_id, p_now);
  return 'applied';
end;
$$;
