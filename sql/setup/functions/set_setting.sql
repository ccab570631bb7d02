create function private.set_setting(p_key text, p_value text)
returns void
language sql
set search_path = ''
as $$
  insert into private.settings as s (key, value)
  values (p_key, p_value)
  on conflict (key) do update
  set value = excluded.value, updated_at = now();
$$;
