-- Nothing is granted by default: every object names who may use it.
-- Functions: the global form, since execute to public is a global default that
-- a per-schema revoke does not touch.
alter default privileges revoke execute on functions from public;

-- Projects from before 2026-10-30 grant new objects of public to the API roles.
alter default privileges in schema public revoke all on tables from anon, authenticated, service_role;
alter default privileges in schema public revoke all on sequences from anon, authenticated, service_role;
alter default privileges in schema public revoke all on functions from anon, authenticated, service_role;
