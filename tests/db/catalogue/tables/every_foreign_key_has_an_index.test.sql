-- A partial index counts when its predicate is only that the column is not null.
-- Not of jobs.type: types are not deleted, and each enqueue would pay for the index.
begin;
select plan(1);

select is_empty(
  $$
    select f.conrelid::regclass, f.conname
    from pg_constraint as f
    join pg_class as c on c.oid = f.conrelid
    join pg_namespace as n on n.oid = c.relnamespace
    where f.contype = 'f' and n.nspname in ('public', 'private', 'video', 'editor', 'social', 'staging')
      and (f.conrelid::regclass, f.conname) <> ('public.jobs'::regclass, 'jobs_type_fkey')
      and not exists (
        select 1
        from pg_index as i
        where i.indrelid = f.conrelid and i.indisvalid
          and (i.indkey::smallint[])[0:cardinality(f.conkey) - 1] @> f.conkey
          and (
            i.indpred is null
            or pg_get_expr(i.indpred, i.indrelid) = (
              select format('(%I IS NOT NULL)', t.attname)
              from pg_attribute as t where t.attrelid = f.conrelid and t.attnum = f.conkey[1]
            )
          )
      )
  $$,
  'else a change of the other table scans this one'
);

select * from finish();
rollback;
