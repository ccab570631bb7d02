-- What billing reads of a dispute, whoever sent it.
create function private.read_dispute(p_source text, p_object jsonb)
returns private.dispute_facts
language plpgsql
immutable
set search_path = ''
as $$
begin
  return case p_source
    when 'stripe' then private.read_stripe_dispute(p_object)
    when 'whop' then private.read_whop_dispute(p_object)
  end;
end;
$$;
