-- Refuses a room or style that is not offered, by PT400 input_invalid; null is fine.
create function private.staging_check_option(p_kind text, p_code text)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  if p_code is null or exists (
    select 1 from staging.options as o where o.kind = p_kind and o.code = p_code and o.is_active
  ) then
    return;
  end if;
  raise exception using
    errcode = 'PT400', message = 'input_invalid',
    detail = format(
      '%s must be one of: %s.', p_kind,
      (
        select string_agg(o.code, ', ' order by o.sort_order, o.code)
        from staging.options as o
        where o.kind = p_kind and o.is_active
      )
    ),
    hint = 'The choices are in staging.options.';
end;
$$;
