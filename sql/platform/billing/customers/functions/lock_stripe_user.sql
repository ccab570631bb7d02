-- Finds the user whom an object of Stripe is about and locks their billing; null
-- when that is not known (yet), or nobody.
create function private.lock_stripe_user(p_type text, p_id text, p_object jsonb)
returns uuid
language plpgsql
set search_path = ''
as $$
declare
  v_customer_id text := private.stripe_customer_of(p_type, p_id, p_object);
  v_customer public.customers;
  v_user_id uuid;
begin
  if p_type in ('product', 'price') then
    return null;
  end if;
  if p_type in ('checkout.session', 'payment_intent') then
    select c.user_id into v_user_id from private.find_checkout(p_object) as c;
  elsif p_type in ('charge', 'refund', 'dispute', 'invoice_payment') then
    select p.user_id into v_user_id
    from private.payment_of('stripe', private.stripe_references(p_type, p_object)) as p;
  end if;
  if v_user_id is null then
    v_user_id := private.billing_user('stripe', v_customer_id, private.stripe_metadata(p_object));
  end if;
  if v_user_id is null then
    return null;
  end if;
  v_customer := private.lock_customer(v_user_id);
  if v_customer_id is distinct from v_customer.stripe_customer_id then
    perform private.attach_customer(v_user_id, v_customer_id);
  end if;
  return v_user_id;
end;
$$;
