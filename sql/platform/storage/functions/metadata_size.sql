-- The bytes that storage.objects.metadata tells, or null.
create function private.metadata_size(p_metadata jsonb)
returns bigint
language sql
immutable
set search_path = ''
as $$
  select case when p_metadata ->> 'size' ~ '^\d{1,18}$' then (p_metadata ->> 'size')::bigint end;
$$;
