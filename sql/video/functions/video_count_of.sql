-- A number of a client's object, from 0 to 10^15; anything else is 0.
create function private.video_count_of(p_value jsonb)
returns numeric
language plpgsql
immutable
set search_path = ''
as $$
begin
  if jsonb_typeof(p_value) is distinct from 'number' then
    return 0::numeric;
  end if;
  return least(greatest((p_value #>> '{}')::numeric, 0), 1000000000000000);
end;
$$;
