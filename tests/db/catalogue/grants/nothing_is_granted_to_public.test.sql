begin;
select plan(3);

select is_empty(
  $$
    select p.oid::regprocedure
    from pg_proc as p
    cross join lateral aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) as a
    where p.pronamespace::regnamespace::text in ('public', 'private', 'video', 'editor', 'social', 'staging')
      and a.grantee = 0
      and not exists (select 1 from pg_depend as d where d.objid = p.oid and d.deptype = 'e')
  $$,
  'no function'
);
select is_empty(
  $$
    select c.oid::regclass
    from pg_class as c
    cross join lateral aclexplode(c.relacl) as a
    where c.relnamespace::regnamespace::text in ('public', 'private', 'video', 'editor', 'social', 'staging') and a.grantee = 0
  $$,
  'no relation'
);
select is_empty(
  $$
    select t.attrelid::regclass, t.attname
    from pg_attribute as t
    join pg_class as c on c.oid = t.attrelid
    cross join lateral aclexplode(t.attacl) as a
    where c.relnamespace::regnamespace::text in ('public', 'private', 'video', 'editor', 'social', 'staging') and a.grantee = 0
  $$,
  'no column'
);

select * from finish();
rollback;
