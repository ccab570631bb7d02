create schema editor;
grant usage on schema editor to anon, authenticated, service_role;
