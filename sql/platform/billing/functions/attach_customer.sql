-- A user has one Stripe customer, the first that is told; a customer has one user.
create function private.attach_customer(p_user_id uuid, p_stripe_customer_id text)
returns void
language plpgsql
set search_path = ''
as $$
begin
  insert into public.customers as c (user_id, stripe_customer_id)
  values (p_user_id, p_stripe_customer_id)
  on conflict do nothing;
end;
$$;
