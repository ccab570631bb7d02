-- A payment intent that names a checkout of ours and succeeded with its price to the
-- cent pays it, whether or not a session tells the same. With another amount (a
-- discount, a tax) the session that it belongs to compares and grants.
create function private.apply_payment_intent(p_intent jsonb, p_now timestamptz)
returns text
language plpgsql
set search_path = ''
as $$
declare
  v_id text := p_intent #>> '{metadata,checkout_id}';
  v_charge_id text := coalesce(p_intent #>> '{latest_charge,id}', p_intent ->> 'latest_charge');
  v_amount integer;
  v_checkout public.checkouts;
begin
  if p_intent ->> 'status' is distinct from 'succeeded' or v_id is null then
    return 'applied';
  end if;
  select * into v_checkout
  from public.checkouts as c
  where c.id = (select f.id from private.find_checkout(p_intent) as f)
  for no key update;
  if v_checkout.id is null then
    return 'checkout:' || v_id;
  end if;
  v_amount := (p_intent ->> 'amount_received')::integer;
  if v_amount = v_checkout.unit_amount and p_intent ->> 'currency' = v_checkout.currency then
    perform private.settle_checkout(v_checkout, p_intent ->> 'id', v_amount, array[v_charge_id], p_now);
  elsif v_checkout.url is null then
    perform private.refuse_amount(v_checkout, p_intent ->> 'amount_received', p_intent ->> 'currency');
  end if;
  return 'applied';
end;
$$;
