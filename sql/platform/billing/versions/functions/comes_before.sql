-- Whether of two versions of one second the first is told to come before the other:
-- by what the other changed, or as the object's creation.
create function private.comes_before(p_first private.billing_versions, p_other private.billing_versions)
returns boolean
language plpgsql
immutable
set search_path = ''
as $$
begin
  return (p_first.event_type like '%.created' and p_first.previous is null)
    or (p_other.previous is not null and private.had_values(p_first.object, p_other.previous));
end;
$$;
