-- The roles of a hosted Supabase project, where they are missing. Run by a
-- superuser. {{owner}} is the role `postgres`, which Supabase keeps from being a
-- superuser; {{password}} is the password of every role that may log in.
do $do$
declare
  v_role record;
begin
  for v_role in
    select *
    from (
      values
        ('supabase_admin', 'superuser login createdb createrole replication bypassrls'),
        ('{{owner}}', 'login createdb createrole replication bypassrls'),
        ('anon', 'nologin noinherit'),
        ('authenticated', 'nologin noinherit'),
        ('service_role', 'nologin noinherit bypassrls'),
        ('authenticator', 'login noinherit'),
        ('supabase_auth_admin', 'login noinherit createrole'),
        ('supabase_storage_admin', 'login noinherit createrole')
    ) as r (name, attributes)
    where not exists (select from pg_roles as p where p.rolname = r.name)
  loop
    execute format('create role %I %s', v_role.name, v_role.attributes);
    if v_role.attributes !~ 'nologin' then
      execute format('alter role %I password %L', v_role.name, {{password}});
    end if;
  end loop;

  execute format('grant anon, authenticated, service_role to %I with admin option', '{{owner}}');
  execute format('grant pg_monitor, pg_read_all_data, pg_signal_backend to %I', '{{owner}}');
  execute format('alter role %I set search_path to "$user", public, extensions', '{{owner}}');
end
$do$;

grant anon, authenticated, service_role to authenticator;
grant anon, authenticated, service_role to supabase_storage_admin;

alter role supabase_admin set search_path to "$user", public, auth, extensions;
alter role supabase_auth_admin set search_path to auth;
alter role supabase_auth_admin set idle_in_transaction_session_timeout to '60s';
alter role supabase_storage_admin set search_path to storage;

-- PostgREST applies these to every request, by the role of its token.
alter role anon set statement_timeout to '3s';
alter role authenticated set statement_timeout to '8s';
alter role authenticator set statement_timeout to '8s';
alter role authenticator set lock_timeout to '8s';
