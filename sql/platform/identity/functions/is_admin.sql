-- Whether the caller is an active admin. No policy reads its own table for this.
create function private.is_admin()
returns boolean
language plpgsql
stable
security definer            -- policies of profiles would recurse
set search_path = ''
as $$
begin
  return exists (
    select 1
    from public.profiles as p
    where p.id = private.user_id() and p.role = 'admin' and p.is_active
  );
end;
$$;
grant execute on function private.is_admin() to anon, authenticated, service_role;
