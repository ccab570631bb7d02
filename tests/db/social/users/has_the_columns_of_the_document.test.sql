begin;
select plan(1);


select is(
  (
    select string_agg(a.attname || ' ' || format_type(a.atttypid, null), ', ' order by a.attnum)
    from pg_attribute as a
    where a.attrelid = 'social.users'::regclass and a.attnum > 0
  ),
  'id uuid, email text, full_name text, is_active boolean, created_at timestamp with time zone, updated_at timestamp with time zone',
  'no more and no fewer'
);

select * from finish();
rollback;
