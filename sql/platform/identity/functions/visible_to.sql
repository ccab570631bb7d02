-- The greatest user id whose rows the caller may read: see visible_from().
create function private.visible_to()
returns uuid
language plpgsql
stable
security definer            -- asks for the caller's role
set search_path = ''
as $$
begin
  if private.is_admin() then
    return 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid;
  end if;
  return private.user_id();
end;
$$;
grant execute on function private.visible_to() to anon, authenticated, service_role;
