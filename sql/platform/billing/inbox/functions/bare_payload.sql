-- What is left of an event's payload when it is emptied.
create function private.bare_payload(p_payload jsonb)
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
begin
  return jsonb_strip_nulls(
    jsonb_build_object(
      'id', p_payload -> 'id', 'type', p_payload -> 'type', 'created', p_payload -> 'created',
      'timestamp', p_payload -> 'timestamp'
    )
  );
end;
$$;
