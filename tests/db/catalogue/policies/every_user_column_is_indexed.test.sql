begin;
select plan(1);

select is_empty(
  $$
    select c.oid::regclass
    from pg_class as c
    join pg_attribute as t on t.attrelid = c.oid and t.attname = 'user_id'
    where c.relnamespace::regnamespace::text in ('public', 'video', 'editor', 'social', 'staging')
      and c.relkind in ('r', 'p')
      and not exists (
        select 1 from pg_index as i where i.indrelid = c.oid and i.indkey[0] = t.attnum and i.indpred is null
      )
  $$,
  'a policy compares it for every row'
);

select * from finish();
rollback;
