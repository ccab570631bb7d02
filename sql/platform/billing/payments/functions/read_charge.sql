-- What billing reads of a charge, whoever sent it.
create function private.read_charge(p_source text, p_object jsonb)
returns private.charge_facts
language plpgsql
immutable
set search_path = ''
as $$
begin
  return case p_source when 'stripe' then private.read_stripe_charge(p_object) end;
end;
$$;
