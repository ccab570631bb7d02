begin;
select plan(1);

select is_empty(
  $$
    select distinct t.attrelid::regclass, a.grantee::regrole
    from pg_attribute as t
    join pg_class as c on c.oid = t.attrelid
    cross join lateral aclexplode(t.attacl) as a
    where c.relnamespace::regnamespace::text in ('public', 'video', 'editor', 'social', 'staging')
      and a.privilege_type = 'SELECT' and a.grantee <> c.relowner
  $$,
  'select(''*'') works where any column is read'
);

select * from finish();
rollback;
