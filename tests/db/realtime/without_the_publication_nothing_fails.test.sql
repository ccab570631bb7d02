begin;
select plan(2);

drop publication supabase_realtime;
select lives_ok($$ select private.watch_table('public.jobs') $$, 'where nobody listens');
create publication supabase_realtime for table public.profiles;
select private.watch_table('public.jobs');
select set_eq(
  $$ select t.tablename::text from pg_publication_tables as t where t.pubname = 'supabase_realtime' $$,
  array['jobs', 'profiles'], 'what was there stays'
);

select * from finish();
rollback;
