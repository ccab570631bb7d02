-- auth belongs to its service, as on Supabase. {{owner}} may read and write the
-- tables, refer to them and put triggers on them, but not alter them.
do $do$
declare
  v_object record;
begin
  execute 'alter schema auth owner to supabase_auth_admin';
  for v_object in
    select 'table' as kind, c.oid::regclass::text as name
    from pg_class as c
    where c.relnamespace = 'auth'::regnamespace and c.relkind = 'r'
    union all
    select 'function', p.oid::regprocedure::text
    from pg_proc as p
    where p.pronamespace = 'auth'::regnamespace
  loop
    execute format('alter %s %s owner to supabase_auth_admin', v_object.kind, v_object.name);
    if v_object.kind = 'table' then
      execute format('alter table %s enable row level security', v_object.name);
    end if;
  end loop;
end
$do$;

grant usage on schema auth to {{owner}}, anon, authenticated, service_role;
grant all on all tables in schema auth to {{owner}};
grant all on all routines in schema auth to {{owner}};

-- Supabase's helpers read both forms of the claims; those of @supabase/lite
-- read only the older one, which PostgREST no longer sets.
create or replace function auth.uid()
returns uuid
language sql
stable
as $$
  select coalesce(
    nullif(current_setting('request.jwt.claim.sub', true), ''),
    (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub')
  )::uuid;
$$;

create or replace function auth.role()
returns text
language sql
stable
as $$
  select coalesce(
    nullif(current_setting('request.jwt.claim.role', true), ''),
    (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'role')
  );
$$;

create or replace function auth.email()
returns text
language sql
stable
as $$
  select coalesce(
    nullif(current_setting('request.jwt.claim.email', true), ''),
    (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'email')
  );
$$;
