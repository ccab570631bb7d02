-- How far in its life a version's object is. Only steps that are never taken back
-- count, so that a late event of an earlier step does not undo a later one: a paid
-- invoice stays paid, a canceled subscription canceled. 9 is deleted.
create function private.version_rank(p_type text, p_event_type text, p_object jsonb)
returns smallint
language plpgsql
immutable
set search_path = ''
as $$
begin
  return case
    when p_object ->> 'deleted' = 'true' then 9
    when p_type in ('product', 'price', 'customer', 'invoice') and p_event_type like '%.deleted' then 9
    when p_type = 'subscription' then
      case when p_object ->> 'status' in ('canceled', 'incomplete_expired') then 3 else 0 end
    when p_type = 'invoice' then
      case p_object ->> 'status' when 'open' then 1 when 'uncollectible' then 2 when 'paid' then 3
        when 'void' then 3 else 0 end
    when p_type = 'refund' then
      case p_object ->> 'status' when 'succeeded' then 1 when 'failed' then 3 when 'canceled' then 3 else 0 end
    when p_type = 'dispute' then
      case when p_object ->> 'status' in ('won', 'lost', 'prevented') then 3 else 0 end
    when p_type = 'payment_intent' then
      case when p_object ->> 'status' in ('succeeded', 'canceled') then 3 else 0 end
    when p_type = 'invoice_payment' then
      case when p_object ->> 'status' in ('paid', 'canceled') then 3 else 0 end
    else 0
  end::smallint;
end;
$$;
