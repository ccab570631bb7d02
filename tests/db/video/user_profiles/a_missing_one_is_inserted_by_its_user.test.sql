begin;
select plan(3);

select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.authenticate_as('cccccccc-0000-4000-8000-000000000003');
select lives_ok(
  $$ insert into video.user_profiles (id, username) values ('cccccccc-0000-4000-8000-000000000003', 'cat') $$,
  'a token whose sign-up made none'
);
select results_eq(
  'select username, credits, total_spent from video.user_profiles', $$ values ('cat', 100, 0::numeric) $$,
  'gets the sign-up credits once'
);
select throws_ok(
  $$ insert into video.user_profiles (id, username) values ('dddddddd-0000-4000-8000-000000000004', 'dog') $$,
  '42501', null, 'nobody else''s'
);

select * from finish();
rollback;
