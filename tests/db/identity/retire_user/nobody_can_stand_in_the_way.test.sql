begin;
select plan(1);

select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
update public.profiles
set username = 'deleted-bbbbbbbb-0000-4000-8000-000000000002'
where id = 'aaaaaaaa-0000-4000-8000-000000000001';
select tests.clear_authentication();

select lives_ok(
  $$ select tests.delete_user('bbbbbbbb-0000-4000-8000-000000000002') $$,
  'whatever name somebody took before'
);

select * from finish();
rollback;
