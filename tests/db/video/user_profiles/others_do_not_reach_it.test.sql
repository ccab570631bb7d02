begin;
select plan(6);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select results_eq('select id from video.user_profiles', $$ values ('bbbbbbbb-0000-4000-8000-000000000002'::uuid) $$, 'another user sees their own alone');
select is_empty(
  $$ with changed as (update video.user_profiles set username = 'x' where id = 'aaaaaaaa-0000-4000-8000-000000000001' returning 1) select * from changed $$,
  'and changes no other'
);
select throws_ok('delete from video.user_profiles', '42501', null, 'nobody deletes one');
select tests.authenticate_as_anon();
select throws_ok('select 1 from video.user_profiles', '42501', null, 'anon may not look');
select throws_ok($$ update video.user_profiles set username = 'x' $$, '42501', null, 'nor write');
select tests.clear_authentication();
update public.profiles set role = 'admin' where id = 'bbbbbbbb-0000-4000-8000-000000000002';
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select is((select count(*) from video.user_profiles), 2::bigint, 'an admin sees all');

select * from finish();
rollback;
