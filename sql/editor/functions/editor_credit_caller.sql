-- Who moves credits by the document's functions: null for the service, else the
-- calling admin's id, or PT403 admin_only. The role is the request's: inside of a
-- definer it is not current_user.
create function private.editor_credit_caller()
returns uuid
language plpgsql
stable
set search_path = ''
as $$
begin
  if current_setting('role', true) = 'service_role' then
    return null;
  end if;
  return private.require_admin();
end;
$$;
