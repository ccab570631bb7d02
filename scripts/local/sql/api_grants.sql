-- Supabase's own grants on its own schemas; row security on storage does the rest.
grant usage on schema auth, storage to anon, authenticated, service_role;
grant execute on all functions in schema auth, storage to anon, authenticated, service_role;
grant select, insert, update, delete on storage.buckets, storage.objects
to anon, authenticated, service_role;
