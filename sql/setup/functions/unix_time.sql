-- A time as payment providers send it: seconds since 1970, as text. Null stays null.
create function private.unix_time(p_seconds text)
returns timestamptz
language plpgsql
immutable
strict
set search_path = ''
as $$
begin
  return to_timestamp(p_seconds::double precision);
end;
$$;
