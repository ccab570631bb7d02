-- The kind of object that an event is about; null for types without effect.
create function private.billing_object_type(p_source text, p_event_type text)
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  return case p_source
    when 'stripe' then private.stripe_object_type(p_event_type)
    when 'whop' then private.whop_object_type(p_event_type)
  end;
end;
$$;
