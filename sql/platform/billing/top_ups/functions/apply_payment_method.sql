-- Mirrors a payment method from its stored versions: whose it is, if anybody's. A
-- declined card's user who saved another is looked at again.
create function private.apply_payment_method(p_source text, p_id text)
returns text
language plpgsql
set search_path = ''
as $$
declare
  v_object jsonb := (private.current_version(p_source, 'payment_method', p_id)).object;
  v_customer_id text := coalesce(v_object -> 'customer' ->> 'id', v_object ->> 'customer');
begin
  insert into private.payment_methods as m (id, customer_id, created_at)
  values (p_id, v_customer_id, to_timestamp((v_object ->> 'created')::double precision))
  on conflict (id) do update
  set customer_id = excluded.customer_id, created_at = excluded.created_at;
  update public.auto_top_ups as s
  set look_again_at = now()
  from public.customers as c
  where c.stripe_customer_id = v_customer_id and s.user_id = c.user_id and s.enabled
    and s.declined_payment_method <> p_id;
  return 'applied';
end;
$$;
