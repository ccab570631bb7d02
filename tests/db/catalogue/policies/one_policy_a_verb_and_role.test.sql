begin;
select plan(1);

select is_empty(
  $$
    select p.polrelid::regclass, v.verb, r.role::regrole, count(*)
    from pg_policy as p
    join pg_class as c on c.oid = p.polrelid
    cross join unnest(case p.polcmd when '*' then array['r', 'a', 'w', 'd'] else array[p.polcmd::text] end) as v (verb)
    cross join unnest(p.polroles) as r (role)
    where p.polpermissive
      and c.relnamespace::regnamespace::text in ('public', 'video', 'editor', 'social', 'staging', 'storage')
    group by 1, 2, 3
    having count(*) > 1
  $$,
  'two permissive ones are hard to read and slow'
);

select * from finish();
rollback;
