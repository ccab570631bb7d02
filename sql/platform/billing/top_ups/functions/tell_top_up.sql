-- Tells a user once that an automatic purchase of theirs came to nothing.
create function private.tell_top_up(p_top_up public.top_ups, p_reason text, p_now timestamptz)
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform private.notify(
    c.user_id, 'top_up_failed', 'top_up_failed:' || c.id,
    jsonb_build_object(
      'top_up_id', c.id, 'reason', p_reason, 'code', p_top_up.decline_code,
      'amount', c.unit_amount, 'currency', c.currency
    ),
    p_now
  )
  from public.checkouts as c
  where c.id = p_top_up.id;
end;
$$;
