-- A membership's status in the words of a subscription. A cancelled one may come back
-- to life, so its end is no final state; one that Whop says is not valid gives nothing,
-- whatever its status.
create function private.whop_status(p_object jsonb)
returns text
language sql
immutable
set search_path = ''
as $$
  select case
    when p_object ->> 'valid' = 'false' then
      case when p_object ->> 'status' in ('past_due', 'unresolved') then 'unpaid' else 'canceled' end
    when p_object ->> 'status' in ('trialing', 'active', 'past_due') then p_object ->> 'status'
    when p_object ->> 'status' in ('canceling', 'completed') then 'active'
    when p_object ->> 'status' in ('canceled', 'expired') then
      case when p_object ->> 'valid' = 'true' then 'active' else 'canceled' end
    when p_object ->> 'status' = 'unresolved' then 'unpaid'
    else 'incomplete'
  end;
$$;
