-- What a hosted Supabase project has in its database before the first
-- migration. Run by a superuser in a new database that {{owner}} owns, after the
-- auth and storage schemas of @supabase/lite.
create schema if not exists extensions;
grant usage on schema extensions to anon, authenticated, service_role;
grant all on schema extensions to {{owner}};

create extension if not exists pgcrypto with schema extensions;
create extension if not exists "uuid-ossp" with schema extensions;
create extension if not exists pg_trgm with schema extensions;
create extension if not exists vector with schema extensions;
create extension if not exists pgtap with schema extensions;
create extension if not exists plpgsql_check with schema extensions;

grant usage on schema public to anon, authenticated, service_role;

create publication supabase_realtime;
alter publication supabase_realtime owner to {{owner}};
