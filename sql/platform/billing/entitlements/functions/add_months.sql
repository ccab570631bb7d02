-- A time some months later, by the calendar of UTC whatever the session's zone is.
create function private.add_months(p_from timestamptz, p_months integer)
returns timestamptz
language sql
immutable
set search_path = ''
as $$
  select (p_from at time zone 'UTC' + p_months * interval '1 month') at time zone 'UTC';
$$;
