-- The value of a setting, or the default, or null.
create function private.setting(p_key text, p_default text default null)
returns text
language sql
stable
set search_path = ''
as $$
  select coalesce((select s.value from private.settings as s where s.key = p_key), p_default);
$$;
