-- The payment method that an automatic purchase of a user is charged to: the
-- customer's default one at Stripe, else the newest. After a decline it is only one
-- that was saved since. Null: there is none.
create function private.saved_payment_method(p_user_id uuid, p_declined_at timestamptz default null)
returns text
language sql
stable
set search_path = ''
as $$
  select m.id
  from public.customers as c
  join private.payment_methods as m on m.customer_id = c.stripe_customer_id
  where c.user_id = p_user_id
    and (p_declined_at is null or m.created_at > p_declined_at)
  order by (m.id is not distinct from c.default_payment_method) desc, m.created_at desc, m.id
  limit 1;
$$;
