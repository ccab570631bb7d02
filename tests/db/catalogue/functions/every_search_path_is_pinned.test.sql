-- A procedure that commits cannot set one.
begin;
select plan(1);

select is_empty(
  $$
    select p.oid::regprocedure
    from pg_proc as p
    join pg_namespace as n on n.oid = p.pronamespace
    where n.nspname in ('public', 'private', 'video', 'editor', 'social', 'staging') and p.prokind <> 'p'
      and not coalesce(p.proconfig @> array['search_path=""'], false)
      and not exists (select 1 from pg_depend as d where d.objid = p.oid and d.deptype = 'e')
  $$,
  'a caller''s search_path decides nothing'
);

select * from finish();
rollback;
