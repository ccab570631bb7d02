begin;
select plan(2);

select is_empty(
  $$
    select p.oid::regprocedure
    from pg_proc as p
    join pg_namespace as n on n.oid = p.pronamespace
    where n.nspname in ('public', 'video', 'editor', 'social', 'staging')
      and nullif(btrim(obj_description(p.oid, 'pg_proc')), '') is null
      and not exists (select 1 from pg_depend as d where d.objid = p.oid and d.deptype = 'e')
  $$,
  'every function says what it does'
);
select is_empty(
  $$
    select c.oid::regclass
    from pg_class as c
    join pg_namespace as n on n.oid = c.relnamespace
    where n.nspname in ('public', 'video', 'editor', 'social', 'staging') and c.relkind in ('r', 'p', 'v', 'm')
      and nullif(btrim(obj_description(c.oid, 'pg_class')), '') is null
  $$,
  'every relation says what it is'
);

select * from finish();
rollback;
