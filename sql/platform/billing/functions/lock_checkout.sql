-- The checkout that a Stripe session belongs to, locked: by the session's id, or
-- by the id that we gave it, when the webhook overtakes our own note of it.
create function private.lock_checkout(p_session jsonb)
returns public.checkouts
language plpgsql
set search_path = ''
as $$
declare
  v_checkout public.checkouts;
  v_id text := p_session -> 'metadata' ->> 'checkout_id';
begin
  select * into v_checkout
  from public.checkouts as c
  where c.source = 'stripe' and c.external_id = p_session ->> 'id'
  for no key update;
  if not found and private.is_uuid(v_id) then
    select * into v_checkout
    from public.checkouts as c
    where c.id = v_id::uuid and c.source = 'stripe'
      and (c.external_id is null or c.external_id = p_session ->> 'id')
    for no key update;
  end if;
  return v_checkout;
end;
$$;
