begin;
select plan(6);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select public.log_activity('login');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select lives_ok($$ select public.log_activity('upload', '{"n": 1}') $$, 'a front end reports');
select results_eq(
  'select user_id, activity_type, activity_data from editor.user_activity_logs',
  $$ values ('aaaaaaaa-0000-4000-8000-000000000001'::uuid, 'upload', '{"n": 1}'::jsonb) $$, 'a user reads their own'
);
select throws_ok('insert into editor.user_activity_logs (activity_type) values (''x'')', '42501', null, 'and writes by the function alone');
select throws_ok('delete from editor.user_activity_logs', '42501', null, 'nor deletes');
select tests.authenticate_as_anon();
select throws_ok('select 1 from editor.user_activity_logs', '42501', null, 'anon may not look');
select tests.clear_authentication();
update public.profiles set role = 'admin' where id = 'bbbbbbbb-0000-4000-8000-000000000002';
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select is((select count(*) from editor.user_activity_logs), 2::bigint, 'an admin reads all');

select * from finish();
rollback;
