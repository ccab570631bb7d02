begin;
select plan(2);

select is_empty(
  $$
    select p.polrelid::regclass, p.polname, x.rest
    from pg_policy as p
    join pg_class as c on c.oid = p.polrelid
    cross join lateral (
      select regexp_replace(
        concat_ws(' ', pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)),
        'SELECT (private|auth)\.\w+\([^()]*\) AS \w+', '', 'g'
      ) as rest
    ) as x
    where c.relnamespace::regnamespace::text in ('public', 'video', 'editor', 'social', 'staging', 'storage')
      and x.rest ~ '(private|auth)\.\w+\('
  $$,
  'wrapped in a select'
);
select is_empty(
  $$
    select p.polrelid::regclass, p.polname
    from pg_policy as p
    where concat_ws(' ', pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)) ~ 'auth\.(uid|jwt)\('
  $$,
  'and never auth.uid(), which fails on other issuers'' subjects'
);

select * from finish();
rollback;
