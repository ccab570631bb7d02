-- The tables of the storage service are not in the matrix of rights: it grants them itself.
begin;
select plan(2);

select set_eq(
  $$
    select tablename::text, cmd, roles::text, policyname::text
    from pg_policies where schemaname = 'storage'
  $$,
  $$
    values
      ('objects', 'SELECT', '{authenticated}', 'Tallybase: users read their files and shared results'),
      ('objects', 'DELETE', '{authenticated}', 'Tallybase: users remove the uploads of their folder'),
      ('objects', 'UPDATE', '{authenticated}', 'Tallybase: users replace the uploads of their folder'),
      ('objects', 'INSERT', '{authenticated}', 'Tallybase: users upload into their folder while there is room')
  $$,
  'files are reached by these'
);
select is_empty(
  $$
    select c.relname from pg_class as c
    where c.oid in ('storage.objects'::regclass, 'storage.buckets'::regclass) and not c.relrowsecurity
  $$,
  'and by nothing else'
);

select * from finish();
rollback;
