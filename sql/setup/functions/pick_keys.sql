-- An object with these keys of it alone, as far as it has them.
create function private.pick_keys(p_object jsonb, p_keys text[])
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select coalesce(jsonb_object_agg(k.key, p_object -> k.key), '{}'::jsonb)
  from unnest(p_keys) as k (key)
  where p_object ? k.key;
$$;
