-- The checkout that a session or a payment intent of Stripe belongs to: by the id
-- that we noted, or by the id that we gave it, when the webhook overtakes our note.
-- Not locked: the user's billing is locked first.
create function private.find_checkout(p_object jsonb)
returns public.checkouts
language plpgsql
stable
set search_path = ''
as $$
declare
  v_checkout public.checkouts;
  v_id text := p_object #>> '{metadata,checkout_id}';
begin
  select * into v_checkout
  from public.checkouts as c
  where c.source = 'stripe' and c.external_id = p_object ->> 'id';
  if not found and private.is_uuid(v_id) then
    select * into v_checkout
    from public.checkouts as c
    where c.id = v_id::uuid and c.source = 'stripe';
  end if;
  return v_checkout;
end;
$$;
