-- Locks a hold behind its account: the account first, as everywhere. The user of
-- a hold never changes, so it is read before.
create function private.lock_hold(p_hold_id uuid, p_now timestamptz default now())
returns public.credit_holds
language plpgsql
security definer            -- the account row is not the caller's to write
set search_path = ''
as $$
declare
  v_user_id uuid;
  v_hold public.credit_holds;
begin
  select h.user_id into v_user_id from public.credit_holds as h where h.id = p_hold_id;
  if not found then
    raise exception using
      errcode = 'PT404', message = 'hold_not_found',
      detail = format('There is no hold %s.', coalesce(p_hold_id::text, 'null')),
      hint = 'Send the id that hold_credits returned.';
  end if;
  perform private.lock_account(v_user_id, p_now);
  select * into v_hold from public.credit_holds as h where h.id = p_hold_id for no key update;
  return v_hold;
end;
$$;
