-- What a user's customer at Stripe says of how they pay. A deleted customer is
-- charged no more; what it paid stays the user's.
create function private.apply_customer(p_id text, p_user_id uuid)
returns text
language plpgsql
set search_path = ''
as $$
declare
  v_version private.picked_version := private.pick_version('stripe', 'customer', p_id);
  v_method text := coalesce(
    v_version.object #>> '{invoice_settings,default_payment_method,id}',
    v_version.object #>> '{invoice_settings,default_payment_method}',
    v_version.object #>> '{default_source,id}',
    v_version.object ->> 'default_source'
  );
begin
  update public.customers as c
  set
    stripe_customer_id = case when v_version.rank < 9 then c.stripe_customer_id end,
    default_payment_method = case when v_version.rank < 9 then v_method end
  where c.user_id = p_user_id and c.stripe_customer_id = p_id
    and (v_version.rank = 9 or c.default_payment_method is distinct from v_method);
  return 'applied';
end;
$$;
