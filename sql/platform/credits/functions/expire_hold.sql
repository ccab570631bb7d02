-- Ends a hold whose deadline passed; checked again under the lock.
create function private.expire_hold(p_hold_id uuid, p_now timestamptz default now())
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_hold public.credit_holds := private.lock_hold(p_hold_id, p_now);
begin
  if v_hold.status = 'held' and v_hold.expires_at <= p_now then
    perform private.end_hold(p_hold_id, 'expired', p_now);
  end if;
end;
$$;
