begin;
select plan(11);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select lives_ok(
  $$ insert into social.ai_studio_conversation_metadata (thread_id, title) values ('thread-a', 'A') $$, 'a user opens a conversation'
);
select lives_ok(
  $$
    insert into social.ai_studio_conversation_metadata (thread_id, user_id, title, model, message_count)
    values ('thread-a', 'aaaaaaaa-0000-4000-8000-000000000001', 'Renamed', 'openai/gpt-4o', 2)
    on conflict (thread_id) do update
    set thread_id = excluded.thread_id, user_id = excluded.user_id, title = excluded.title,
      model = excluded.model, message_count = excluded.message_count
  $$,
  'an upsert changes it'
);
select results_eq(
  'select user_id::text, title, message_count from social.ai_studio_conversation_metadata',
  $$ values ('aaaaaaaa-0000-4000-8000-000000000001', 'Renamed', 2) $$, 'as sent'
);
select throws_ok(
  'update social.ai_studio_conversation_metadata set message_count = -1', '23514', null, 'messages are counted from none'
);
select throws_ok(
  $$ update social.ai_studio_conversation_metadata set thread_id = 'thread-c' $$, 'PT400', 'input_invalid',
  'it keeps its thread: whoever took the old name would get its states'
);
select throws_ok(
  $$ insert into social.ai_studio_conversation_metadata (thread_id) values ('') $$, '23514', null, 'a thread has a name'
);
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select is_empty('select 1 from social.ai_studio_conversation_metadata', 'others do not see it');
select throws_ok(
  $$
    insert into social.ai_studio_conversation_metadata (thread_id) values ('thread-a')
    on conflict (thread_id) do update set user_id = excluded.user_id
  $$,
  '42501', null, 'nor take its thread'
);
select is_empty('delete from social.ai_studio_conversation_metadata returning 1', 'nor delete it');
select tests.authenticate_as_anon();
select throws_ok('select 1 from social.ai_studio_conversation_metadata', '42501', null, 'anon may not look');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select isnt_empty('delete from social.ai_studio_conversation_metadata returning 1', 'its user deletes it');

select * from finish();
rollback;
