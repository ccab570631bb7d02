begin;
select plan(4);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
select tests.delete_user('bbbbbbbb-0000-4000-8000-000000000002');

select tests.authenticate_as_service();
select throws_ok(
  $$ insert into social.topic_analysis (topic_id) values (1) $$,
  'PT403', 'profile_missing', 'not nobody''s'
);
select throws_ok(
  $$ insert into social.topic_analysis (user_id, topic_id) values ('bbbbbbbb-0000-4000-8000-000000000002', 1) $$,
  'PT403', 'profile_missing', 'nor theirs who left'
);
select throws_ok(
  $$ insert into social.topic_analysis (user_id, topic_id) values (gen_random_uuid(), 1) $$,
  'PT403', 'profile_missing', 'nor a stranger''s'
);
select lives_ok(
  $$ insert into social.topic_analysis (user_id, topic_id) values ('aaaaaaaa-0000-4000-8000-000000000001', 1) $$,
  'but a user''s'
);

select * from finish();
rollback;
