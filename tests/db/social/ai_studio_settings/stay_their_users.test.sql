-- Also for the service, which no policy holds.
begin;
select plan(4);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
insert into social.ai_studio_settings (user_id) values ('aaaaaaaa-0000-4000-8000-000000000001');
insert into social.ai_studio_conversation_metadata (thread_id, user_id)
values ('thread-1', 'aaaaaaaa-0000-4000-8000-000000000001');

select tests.authenticate_as_service();
select throws_ok(
  $$ update social.ai_studio_settings set user_id = 'bbbbbbbb-0000-4000-8000-000000000002' $$,
  'PT400', 'input_invalid', 'settings'
);
select throws_ok(
  $$ update social.ai_studio_conversation_metadata set user_id = 'bbbbbbbb-0000-4000-8000-000000000002' $$,
  'PT400', 'input_invalid', 'a conversation, whose states would stay behind'
);
select lives_ok(
  $$ update social.ai_studio_settings set user_id = user_id, temperature = 1 $$, 'to say the same is no change'
);
select lives_ok(
  $$ update social.ai_studio_conversation_metadata set user_id = user_id, title = 'Hi' $$, 'nor here'
);

select * from finish();
rollback;
