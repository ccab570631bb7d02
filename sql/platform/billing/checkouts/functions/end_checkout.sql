-- A session that ended unpaid. Paid is final, and failed before expired: a late or
-- repeated end changes nothing.
create function private.end_checkout(p_checkout_id uuid, p_status text)
returns void
language sql
set search_path = ''
as $$
  update public.checkouts as c
  set status = p_status
  where c.id = p_checkout_id
    and (c.status = 'open' or (c.status = 'expired' and p_status = 'failed'));
$$;
