-- The least user id whose rows the caller may read: their own, or the least there is
-- for an admin. With visible_to() it makes "own rows, admins all" a range, which an
-- index serves; "or is_admin()" would hide the index from everybody.
create function private.visible_from()
returns uuid
language plpgsql
stable
security definer            -- asks for the caller's role
set search_path = ''
as $$
begin
  if private.is_admin() then
    return '00000000-0000-0000-0000-000000000000'::uuid;
  end if;
  return private.user_id();
end;
$$;
grant execute on function private.visible_from() to anon, authenticated, service_role;
