-- A header of the request that PostgREST serves, by its lower-case name; null
-- outside of one.
create function private.request_header(p_name text)
returns text
language sql
stable
set search_path = ''
as $$
  select nullif(current_setting('request.headers', true), '')::jsonb ->> p_name;
$$;
