begin;
select plan(1);

select is_empty(
  $$
    select c.oid::regclass
    from pg_class as c
    join pg_namespace as n on n.oid = c.relnamespace
    where n.nspname in ('public', 'video', 'editor', 'social', 'staging') and c.relkind in ('v', 'm')
      and (c.relkind = 'm' or not coalesce(c.reloptions @> array['security_invoker=true'], false))
  $$,
  'else it shows what its owner sees'
);

select * from finish();
rollback;
