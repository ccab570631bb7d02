-- The calling admin's id, or PT403 admin_only.
create function private.require_admin()
returns uuid
language plpgsql
stable
set search_path = ''
as $$
begin
  if not private.is_admin() then
    raise exception using
      errcode = 'PT403', message = 'admin_only',
      detail = 'The caller is no active administrator.',
      hint = 'Ask an administrator.';
  end if;
  return private.user_id();
end;
$$;
