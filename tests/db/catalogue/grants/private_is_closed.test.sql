begin;
select plan(3);

select is_empty(
  $$
    select r.rolname
    from pg_roles as r
    where r.rolname in ('anon', 'authenticated', 'service_role')
      and has_schema_privilege(r.oid, 'private', 'usage, create')
  $$,
  'no API role has usage of private'
);
select is_empty(
  $$
    select n.nspname, r.rolname
    from pg_namespace as n cross join pg_roles as r
    where n.nspname in ('public', 'video', 'editor', 'social', 'staging')
      and r.rolname in ('anon', 'authenticated', 'service_role')
      and has_schema_privilege(r.oid, n.oid, 'create')
  $$,
  'none creates in an exposed schema'
);
select is_empty(
  $$
    select c.oid::regclass, a.grantee::regrole
    from pg_class as c cross join lateral aclexplode(c.relacl) as a
    where c.relnamespace = 'private'::regnamespace and a.grantee <> c.relowner
  $$,
  'nothing there is granted to anybody'
);

select * from finish();
rollback;
