-- What billing reads of a subscription, whoever sent it.
create function private.read_subscription(p_source text, p_object jsonb)
returns private.subscription_facts
language plpgsql
stable
set search_path = ''
as $$
begin
  return case p_source
    when 'stripe' then private.read_stripe_subscription(p_object)
    when 'whop' then private.read_whop_membership(p_object)
  end;
end;
$$;
