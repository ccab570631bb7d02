-- Supabase projects made before 2026 give every right on what `postgres`
-- creates in public to the three API roles; later ones give none. Run as the
-- owner, before the migrations.
alter default privileges in schema public
grant all on tables to {{owner}}, anon, authenticated, service_role;

alter default privileges in schema public
grant all on sequences to {{owner}}, anon, authenticated, service_role;

alter default privileges in schema public
grant all on functions to {{owner}}, anon, authenticated, service_role;
