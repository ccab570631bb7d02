-- The user of a provider's customer; of one that nobody told us of, the user that
-- the object's own metadata.user_id names, which only our functions write.
create function private.billing_user(p_source text, p_customer_id text, p_metadata jsonb default null)
returns uuid
language plpgsql
stable
set search_path = ''
as $$
declare
  v_user_id uuid;
  v_named text := p_metadata ->> 'user_id';
begin
  select o.user_id into v_user_id
  from private.billing_objects as o
  where o.source = p_source and o.type = 'customer' and o.id = p_customer_id;
  if v_user_id is null and p_source = 'stripe' then
    select c.user_id into v_user_id from public.customers as c where c.stripe_customer_id = p_customer_id;
  elsif v_user_id is null then
    select c.user_id into v_user_id from public.customers as c where c.whop_customer_id = p_customer_id;
  end if;
  if v_user_id is null and private.is_uuid(v_named) then
    select p.id into v_user_id from public.profiles as p where p.id = v_named::uuid;
  end if;
  return v_user_id;
end;
$$;
