-- A charge was declined, as the job or the webhook tells, whichever comes first: the
-- breaker opens for that payment method, and the user is told once. What was paid
-- stays paid. The user's row of customers is locked.
create function private.fail_top_up(p_top_up_id uuid, p_decline_code text, p_now timestamptz)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_top_up public.top_ups;
  v_code text := left(coalesce(p_decline_code, 'declined'), 100);
begin
  update public.top_ups as t
  set status = 'failed', decline_code = v_code, ended_at = p_now
  where t.id = p_top_up_id and t.status in ('open', 'unknown')
  returning * into v_top_up;
  if not found then
    return;
  end if;
  update public.checkouts as c set status = 'failed' where c.id = p_top_up_id and c.status = 'open';
  update public.auto_top_ups as s
  set declined_payment_method = v_top_up.payment_method, declined_at = p_now, decline_code = v_code
  where s.user_id = v_top_up.user_id;
  perform private.tell_top_up(v_top_up, 'declined', p_now);
end;
$$;
