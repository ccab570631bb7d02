create schema staging;
grant usage on schema staging to anon, authenticated, service_role;
