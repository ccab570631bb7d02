-- The id of what a Whop object refers to, in whichever of its API versions: an object
-- with an id, the id alone, or a field <name>_id.
create function private.whop_reference(p_object jsonb, p_name text)
returns text
language sql
immutable
set search_path = ''
as $$
  select coalesce(
    case jsonb_typeof(p_object -> p_name)
      when 'object' then p_object -> p_name ->> 'id'
      when 'string' then p_object ->> p_name
    end,
    p_object ->> (p_name || '_id')
  );
$$;
