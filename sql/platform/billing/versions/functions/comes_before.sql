-- Whether of two versions of one second the first is told to come before the other: as
-- what the other was before it changed, or as the object's creation.
create function private.comes_before(p_first private.billing_versions, p_other private.billing_versions)
returns boolean
language plpgsql
immutable
set search_path = ''
as $$
begin
  if p_first.event_type like '%.created' and p_first.previous is null then
    return true;
  elsif p_other.previous is null then
    return false;
  elsif p_first.source = 'stripe' then
    return p_first.object = p_other.object || p_other.previous;
  end if;
  return private.had_values(p_first.object, p_other.previous);
end;
$$;
