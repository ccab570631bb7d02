-- The value of a setting, or the default, or null. plpgsql, which plans its query once
-- a session; sql would at every call.
create function private.setting(p_key text, p_default text default null)
returns text
language plpgsql
stable
set search_path = ''
as $$
begin
  return coalesce((select s.value from private.settings as s where s.key = p_key), p_default);
end;
$$;
