-- The checkout of a session of Stripe, locked. A session does not take over the
-- checkout of another one.
create function private.lock_checkout(p_session jsonb)
returns public.checkouts
language plpgsql
set search_path = ''
as $$
declare
  v_checkout public.checkouts;
begin
  select * into v_checkout
  from public.checkouts as c
  where c.id = (select f.id from private.find_checkout(p_session) as f)
    and (c.external_id is null or c.external_id = p_session ->> 'id')
  for no key update;
  return v_checkout;
end;
$$;
