-- A charge was declined, as the job or the webhook tells, whichever comes first: the
-- breaker opens for that payment method, and the user is told once. What was paid
-- stays paid.
create function private.fail_top_up(
  p_top_up_id uuid,
  p_payment_intent_id text,
  p_decline_code text,
  p_now timestamptz
)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_top_up public.top_ups := private.lock_top_up(p_top_up_id);
begin
  if v_top_up.status not in ('open', 'unknown') then
    return;
  end if;
  update public.top_ups as t
  set
    status = 'failed',
    payment_intent_id = coalesce(t.payment_intent_id, p_payment_intent_id),
    decline_code = left(p_decline_code, 100),
    ended_at = p_now
  where t.id = p_top_up_id;
  update public.auto_top_ups as t
  set
    declined_payment_method = v_top_up.payment_method,
    declined_at = p_now,
    decline_code = left(p_decline_code, 100)
  where t.user_id = v_top_up.user_id;
  perform private.notify(
    v_top_up.user_id, 'top_up_failed', 'top_up_failed:' || p_top_up_id,
    jsonb_build_object(
      'top_up_id', p_top_up_id, 'reason', 'declined', 'code', left(p_decline_code, 100),
      'amount', v_top_up.unit_amount, 'currency', v_top_up.currency
    ),
    p_now
  );
end;
$$;
