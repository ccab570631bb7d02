-- Refuses a number of rows, days or the like that is not 1 to p_max.
create function private.social_check_limit(p_name text, p_value integer, p_max integer)
returns void
language plpgsql
immutable
set search_path = ''
as $$
begin
  if p_value is null or p_value not between 1 and p_max then
    raise exception using
      errcode = 'PT400', message = 'limit_invalid',
      detail = format('%s is %s, 1 to %s is taken.', p_name, coalesce(p_value::text, 'null'), p_max),
      hint = 'Send a number within the bounds.';
  end if;
end;
$$;
