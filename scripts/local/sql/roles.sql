-- The roles that a Supabase project has. Made first: grants and policies name them.
do $$
declare
  v_role text;
begin
  foreach v_role in array array[
    'anon', 'authenticated', 'service_role', 'authenticator',
    'supabase_auth_admin', 'supabase_storage_admin'
  ] loop
    if not exists (select from pg_roles where rolname = v_role) then
      execute format(
        'create role %I noinherit %s', v_role,
        case v_role when 'service_role' then 'bypassrls' else '' end
      );
    end if;
  end loop;
end;
$$;

grant anon, authenticated, service_role to authenticator;
