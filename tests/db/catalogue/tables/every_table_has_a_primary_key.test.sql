begin;
select plan(1);

select is_empty(
  $$
    select c.oid::regclass
    from pg_class as c
    join pg_namespace as n on n.oid = c.relnamespace
    where n.nspname in ('public', 'private', 'video', 'editor', 'social', 'staging') and c.relkind in ('r', 'p')
      and not exists (select 1 from pg_index as i where i.indrelid = c.oid and i.indisprimary)
  $$,
  'a row is named'
);

select * from finish();
rollback;
