-- As the next migration would make them, under the default grants of old projects too.
begin;
select plan(2);

create table public.test_table (id bigint generated always as identity primary key);
create function public.test_function() returns integer language sql as 'select 1';

select is_empty(
  $$
    select a.grantee::regrole, a.privilege_type
    from pg_class as c cross join lateral aclexplode(c.relacl) as a
    where c.oid in ('public.test_table'::regclass, pg_get_serial_sequence('public.test_table', 'id')::regclass)
      and a.grantee <> c.relowner
  $$,
  'no table and no sequence'
);
select is_empty(
  $$
    select r.rolname
    from pg_roles as r
    where r.rolname in ('anon', 'authenticated', 'service_role')
      and has_function_privilege(r.oid, 'public.test_function()', 'execute')
  $$,
  'no function'
);

select * from finish();
rollback;
