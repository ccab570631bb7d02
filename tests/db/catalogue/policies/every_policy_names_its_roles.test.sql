begin;
select plan(1);

select is_empty(
  $$
    select p.polrelid::regclass, p.polname
    from pg_policy as p
    join pg_class as c on c.oid = p.polrelid
    where c.relnamespace::regnamespace::text in ('public', 'video', 'editor', 'social', 'staging', 'storage')
      and (
        0 = any (p.polroles)
        or not p.polroles <@ array['anon'::regrole, 'authenticated'::regrole]::oid[]
      )
  $$,
  'anon, authenticated or both'
);

select * from finish();
rollback;
