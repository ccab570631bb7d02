-- What is read of a version. Two versions of which the same is read are one state:
-- which of them came first does not matter.
create function private.version_facts(p_source text, p_type text, p_object jsonb)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return case p_type
    when 'subscription' then to_jsonb(private.read_subscription(p_source, p_object))
    when 'invoice' then to_jsonb(private.read_invoice(p_source, p_object))
    when 'charge' then to_jsonb(private.read_charge(p_source, p_object))
    when 'refund' then to_jsonb(private.read_refund(p_source, p_object))
    when 'dispute' then to_jsonb(private.read_dispute(p_source, p_object))
    else p_object
  end;
end;
$$;
