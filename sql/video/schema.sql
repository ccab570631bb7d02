create schema video;
grant usage on schema video to anon, authenticated, service_role;
