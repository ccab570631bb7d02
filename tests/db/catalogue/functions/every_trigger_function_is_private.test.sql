begin;
select plan(1);

select is_empty(
  $$
    select p.oid::regprocedure
    from pg_proc as p
    where p.prorettype = 'trigger'::regtype
      and p.pronamespace::regnamespace::text in ('public', 'video', 'editor', 'social', 'staging')
  $$,
  'the API shows none'
);

select * from finish();
rollback;
