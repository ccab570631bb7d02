-- The payment method that an automatic purchase of a user is charged to: the
-- customer's default one at Stripe, else the newest. Null: there is none.
create function private.saved_payment_method(p_user_id uuid)
returns text
language sql
stable
set search_path = ''
as $$
  select m.id
  from public.customers as c
  join private.payment_methods as m on m.customer_id = c.stripe_customer_id
  where c.user_id = p_user_id
  order by (m.id is not distinct from c.default_payment_method) desc, m.created_at desc, m.id
  limit 1;
$$;
