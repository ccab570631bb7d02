-- The customer that an object of Stripe names, also where Stripe expanded it.
create function private.stripe_customer_of(p_type text, p_id text, p_object jsonb)
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  return case
    when p_type = 'customer' then p_id
    else coalesce(p_object #>> '{customer,id}', p_object ->> 'customer')
  end;
end;
$$;
