-- A session that ended unpaid. Paid is final: a late or repeated expiry changes nothing.
create function private.end_checkout(p_session jsonb, p_status text)
returns text
language plpgsql
set search_path = ''
as $$
declare
  v_checkout public.checkouts := private.lock_checkout(p_session);
begin
  if v_checkout.id is null then
    return case when p_session -> 'metadata' ->> 'checkout_id' is null then 'ignored' else 'waiting' end;
  end if;
  update public.checkouts as c
  set status = p_status
  where c.id = v_checkout.id and c.status <> 'paid';
  return 'applied';
end;
$$;
