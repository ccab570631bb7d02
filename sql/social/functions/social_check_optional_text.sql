-- Refuses an optional text of a caller that is longer than p_max characters.
create function private.social_check_optional_text(p_name text, p_value text, p_max integer)
returns void
language plpgsql
immutable
set search_path = ''
as $$
begin
  if p_value is not null and p_value <> '' then
    perform private.check_text(p_name, p_value, p_max);
  end if;
end;
$$;
