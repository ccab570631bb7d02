-- Mirrors a refund from its versions.
create function private.put_refund(p_source text, p_id text, p_payment public.payments)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_version private.picked_version := private.pick_version(p_source, 'refund', p_id);
  v_facts private.refund_facts := private.read_refund(p_source, v_version.object);
begin
  insert into public.refunds as r (
    id, source, user_id, payment_id, amount, currency, status, reason, created_at
  )
  values (
    p_id, p_source, p_payment.user_id, p_payment.external_id, v_facts.amount,
    coalesce(v_facts.currency, p_payment.currency), v_facts.status, v_facts.reason,
    coalesce(v_facts.created, v_version.created)
  )
  on conflict (id) do update
  set amount = excluded.amount, status = excluded.status, reason = excluded.reason;
end;
$$;
