-- A time as Whop writes it: ISO 8601, or seconds since 1970 in its older API versions.
create function private.whop_time(p_value jsonb)
returns timestamptz
language sql
stable
set search_path = ''
as $$
  select case jsonb_typeof(p_value)
    when 'number' then to_timestamp((p_value #>> '{}')::double precision)
    when 'string' then (p_value #>> '{}')::timestamptz
  end;
$$;
