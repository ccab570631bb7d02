-- Supabase's grants on pg_net: every role may send, by the definer function.
grant usage on schema net to {{owner}}, anon, authenticated, service_role;
revoke execute on all functions in schema net from public;
grant execute on all functions in schema net to {{owner}}, anon, authenticated, service_role;
grant select on all tables in schema net to {{owner}};
