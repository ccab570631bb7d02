-- What is left of an event's payload when it is emptied.
create function private.bare_payload(p_payload jsonb)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select private.pick_keys(p_payload, '{id,type,created,timestamp}');
$$;
