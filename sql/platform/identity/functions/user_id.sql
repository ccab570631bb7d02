-- The caller: the token's sub when it is a uuid, else the profile with that
-- auth0_sub. Never auth.uid(), which casts and fails on auth0|….
create function private.user_id()
returns uuid
language plpgsql
stable
security definer            -- policies of profiles would recurse
set search_path = ''
as $$
declare
  v_sub text := private.jwt_sub();
begin
  if v_sub is null then
    return null;
  end if;
  if private.is_uuid(v_sub) then
    return v_sub::uuid;
  end if;
  return (select p.id from public.profiles as p where p.auth0_sub = v_sub);
end;
$$;
grant execute on function private.user_id() to anon, authenticated, service_role;
