-- Refuses what is no JSON array.
create function private.check_list(p_name text, p_value jsonb)
returns void
language plpgsql
immutable
set search_path = ''
as $$
begin
  if jsonb_typeof(p_value) is distinct from 'array' then
    raise exception using
      errcode = 'PT400', message = 'input_invalid',
      detail = format('%s must be a JSON array.', p_name), hint = 'Send one, empty if need be.';
  end if;
end;
$$;
