-- Ends an open hold without capturing the rest. Repeating it returns the row as
-- it is; a hold that was captured is PT409.
create function private.end_hold(p_hold_id uuid, p_status text, p_now timestamptz default now())
returns public.credit_holds
language plpgsql
security definer            -- the account row is not the caller's to write
set search_path = ''
as $$
declare
  v_hold public.credit_holds := private.lock_hold(p_hold_id, p_now);
begin
  if v_hold.status = 'captured' then
    raise exception using
      errcode = 'PT409', message = 'hold_already_captured',
      detail = format('The hold %s was captured at %s.', p_hold_id, v_hold.ended_at),
      hint = 'Grant a refund instead.';
  end if;
  if v_hold.status <> 'held' then
    return v_hold;
  end if;
  update public.credit_holds as h
  set status = p_status, ended_at = p_now
  where h.id = p_hold_id
  returning * into v_hold;
  perform private.return_held_lots(v_hold, p_now);
  return v_hold;
end;
$$;
