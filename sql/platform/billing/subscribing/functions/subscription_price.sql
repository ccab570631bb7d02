-- The price that a subscription is at, as Stripe has it now.
create function private.subscription_price(p_facts private.subscription_facts, p_subscription jsonb)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select i.value -> 'price'
  from jsonb_array_elements(p_subscription -> 'items' -> 'data') as i
  where i.value ->> 'id' = p_facts.item_id
  limit 1;
$$;
