begin;
select plan(2);

select is_empty(
  $$
    select c.oid::regclass
    from pg_class as c
    join pg_namespace as n on n.oid = c.relnamespace
    where n.nspname in ('public', 'video', 'editor', 'social', 'staging')
      and c.relkind in ('r', 'p') and not c.relrowsecurity
  $$,
  'a table without it is open to whoever has a grant'
);
select isnt_empty(
  $$ select 1 from pg_class as c where c.relnamespace = 'public'::regnamespace and c.relrowsecurity $$,
  'there are tables at all'
);

select * from finish();
rollback;
