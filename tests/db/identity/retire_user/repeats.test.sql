begin;
select plan(2);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.delete_user('aaaaaaaa-0000-4000-8000-000000000001');
create temporary table first as select p.deleted_at, p.username from public.profiles as p;

select lives_ok($$ select private.retire_user('aaaaaaaa-0000-4000-8000-000000000001') $$, 'a second time');
select results_eq(
  'select deleted_at, username from public.profiles', 'select deleted_at, username from first',
  'changes nothing'
);

select * from finish();
rollback;
