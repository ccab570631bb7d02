-- Locks the billing of one user: everything about it, of whatever provider, goes one
-- after the other, and two users never wait for each other.
create function private.lock_customer(p_user_id uuid)
returns public.customers
language plpgsql
set search_path = ''
as $$
declare
  v_customer public.customers;
begin
  select * into v_customer from public.customers as c where c.user_id = p_user_id for no key update;
  if not found then
    insert into public.customers (user_id) values (p_user_id) on conflict (user_id) do nothing;
    select * into v_customer from public.customers as c where c.user_id = p_user_id for no key update;
  end if;
  return v_customer;
end;
$$;
