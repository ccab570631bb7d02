-- An object with these keys of it alone.
create function private.pick_keys(p_object jsonb, p_keys text[])
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
begin
  return (
    select coalesce(jsonb_object_agg(e.key, e.value), '{}'::jsonb)
    from jsonb_each(p_object) as e
    where e.key = any (p_keys)
  );
end;
$$;
