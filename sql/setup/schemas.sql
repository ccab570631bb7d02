-- What the API does not name: helpers, security definers, settings. No API role
-- has usage here; wrappers in exposed schemas bind to these functions when they
-- are created and need execute alone.
create schema if not exists private;
revoke all on schema private from public, anon, authenticated, service_role;

grant usage on schema public to anon, authenticated, service_role;
revoke create on schema public from public, anon, authenticated, service_role;
