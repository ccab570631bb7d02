-- The price that a subscription is at, as Stripe has it now; null if it has none.
create function private.subscription_price(p_facts private.subscription_facts, p_subscription jsonb)
returns private.item_price
language sql
stable
set search_path = ''
as $$
  select row((i.value #>> '{price,unit_amount}')::bigint, i.value #>> '{price,currency}')::private.item_price
  from jsonb_array_elements(p_subscription -> 'items' -> 'data') as i
  where i.value ->> 'id' = p_facts.item_id
  limit 1;
$$;
