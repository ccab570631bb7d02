-- Refuses a text of a caller that is missing, blank or longer than p_max characters.
create function private.check_text(p_name text, p_value text, p_max integer)
returns void
language plpgsql
immutable
set search_path = ''
as $$
begin
  if p_value is null or btrim(p_value) = '' then
    raise exception using
      errcode = 'PT400',
      message = 'argument_missing',
      detail = format('%s must not be null or blank.', p_name),
      hint = 'Send a value.';
  end if;
  if char_length(p_value) > p_max then
    raise exception using
      errcode = 'PT400',
      message = 'argument_too_long',
      detail = format('%s has %s characters, at most %s are taken.', p_name, char_length(p_value), p_max),
      hint = 'Send a shorter value.';
  end if;
end;
$$;
