-- Mirrors a payment method from its stored versions: whose it is, if anybody's. Where
-- a card was declined, one that was saved since has the balance looked at again.
create function private.apply_payment_method(p_source text, p_id text)
returns text
language plpgsql
set search_path = ''
as $$
declare
  v_object jsonb;
  v_customer_id text;
begin
  -- One after the other: each sees what the one before it kept.
  perform 1
  from private.billing_objects as o
  where o.source = p_source and o.type = 'payment_method' and o.id = p_id
  for no key update;
  v_object := (private.pick_version(p_source, 'payment_method', p_id)).object;
  v_customer_id := private.stripe_customer_of('payment_method', p_id, v_object);
  insert into private.payment_methods as m (id, customer_id, created_at)
  values (p_id, v_customer_id, private.unix_time(v_object ->> 'created'))
  on conflict (id) do update
  set customer_id = excluded.customer_id, created_at = excluded.created_at;
  update public.auto_top_ups as s
  set look_again_at = now()
  from public.customers as c
  where c.stripe_customer_id = v_customer_id and s.user_id = c.user_id and s.enabled
    and s.declined_at < private.unix_time(v_object ->> 'created');
  return 'applied';
end;
$$;
