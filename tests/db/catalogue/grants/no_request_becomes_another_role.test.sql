-- The role claim of a token is taken by `authenticator`: only what it is a member of.
begin;
select plan(2);

select set_eq(
  $$
    select g.rolname::text
    from pg_auth_members as m
    join pg_roles as g on g.oid = m.roleid
    join pg_roles as r on r.oid = m.member
    where r.rolname in ('authenticator', 'anon', 'authenticated', 'service_role', 'langgraph')
  $$,
  array['anon', 'authenticated', 'service_role'],
  'no token is langgraph''s'
);
select is_empty(
  $$
    select r.rolname from pg_roles as r
    where r.rolname in ('anon', 'authenticated', 'service_role', 'langgraph')
      and (r.rolcanlogin or r.rolsuper or r.rolcreaterole or r.rolcreatedb or r.rolreplication)
  $$,
  'and none logs in or makes anything'
);

select * from finish();
rollback;
