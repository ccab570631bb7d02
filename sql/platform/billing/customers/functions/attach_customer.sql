-- Notes whose a provider's customer is, once: a customer has one user. A user may
-- have had several; the first that is told is the one to charge.
create function private.attach_customer(p_user_id uuid, p_customer_id text, p_source text default 'stripe')
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_customer public.customers;
begin
  if p_user_id is null or p_customer_id is null then
    return;
  end if;
  v_customer := private.lock_customer(p_user_id);
  if p_customer_id = (
    case p_source when 'stripe' then v_customer.stripe_customer_id else v_customer.whop_customer_id end
  ) then
    return;
  end if;
  insert into private.billing_objects as o (source, type, id, user_id)
  values (p_source, 'customer', p_customer_id, p_user_id)
  on conflict (source, type, id) do update set user_id = excluded.user_id where o.user_id is null;
  if not exists (
    select 1
    from private.billing_objects as o
    where o.source = p_source and o.type = 'customer' and o.id = p_customer_id and o.user_id = p_user_id
  ) or exists (
    -- Deleted at the provider: nobody is charged through it any more.
    select 1
    from private.billing_versions as v
    where v.source = p_source and v.type = 'customer' and v.object_id = p_customer_id and v.rank = 9
  ) then
    return;
  end if;
  update public.customers as c
  set
    stripe_customer_id = case
      when p_source = 'stripe' then coalesce(c.stripe_customer_id, p_customer_id) else c.stripe_customer_id
    end,
    whop_customer_id = case
      when p_source = 'whop' then coalesce(c.whop_customer_id, p_customer_id) else c.whop_customer_id
    end
  where c.user_id = p_user_id
    and case p_source when 'stripe' then c.stripe_customer_id else c.whop_customer_id end is null
    and not exists (
      select 1
      from public.customers as x
      where p_customer_id = case p_source when 'stripe' then x.stripe_customer_id else x.whop_customer_id end
    );
  perform private.wake_events(p_source, array['customer:' || p_customer_id]);
end;
$$;
