-- What billing reads of a refund, whoever sent it.
create function private.read_refund(p_source text, p_object jsonb)
returns private.refund_facts
language plpgsql
immutable
set search_path = ''
as $$
begin
  return case p_source
    when 'stripe' then private.read_stripe_refund(p_object)
    when 'whop' then private.read_whop_refund(p_object)
  end;
end;
$$;
