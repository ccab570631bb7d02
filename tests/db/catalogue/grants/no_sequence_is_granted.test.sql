begin;
select plan(1);

select is_empty(
  $$
    select c.oid::regclass, r.rolname
    from pg_class as c cross join pg_roles as r
    where c.relkind = 'S' and c.relnamespace::regnamespace::text in ('public', 'private', 'video', 'editor', 'social', 'staging')
      and r.rolname in ('anon', 'authenticated', 'service_role')
      and has_sequence_privilege(r.oid, c.oid, 'usage, select, update')
  $$,
  'ids are given by identity columns'
);

select * from finish();
rollback;
