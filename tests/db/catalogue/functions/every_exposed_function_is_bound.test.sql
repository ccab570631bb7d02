begin;
select plan(1);

select is_empty(
  $$
    select p.oid::regprocedure
    from pg_proc as p
    join pg_namespace as n on n.oid = p.pronamespace
    where n.nspname in ('public', 'video', 'editor', 'social', 'staging')
      and p.prokind = 'f' and p.prosqlbody is null
      and not exists (select 1 from pg_depend as d where d.objid = p.oid and d.deptype = 'e')
  $$,
  'begin atomic: its body needs no usage of private'
);

select * from finish();
rollback;
