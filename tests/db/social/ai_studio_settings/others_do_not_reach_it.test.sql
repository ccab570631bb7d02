begin;
select plan(12);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
insert into social.ai_studio_settings (user_id) values ('aaaaaaaa-0000-4000-8000-000000000001');
insert into social.ai_studio_conversation_metadata (thread_id, user_id)
values ('thread-1', 'aaaaaaaa-0000-4000-8000-000000000001');

select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select is_empty('select 1 from social.ai_studio_settings', 'settings are not read');
select is_empty($$ update social.ai_studio_settings set temperature = 2 returning 1 $$, 'nor changed');
select is_empty('delete from social.ai_studio_settings returning 1', 'nor deleted');
select throws_ok(
  $$ insert into social.ai_studio_settings (user_id) values ('aaaaaaaa-0000-4000-8000-000000000001') $$,
  '42501', null, 'nor made'
);
select is_empty('select 1 from social.ai_studio_conversation_metadata', 'conversations are not read');
select is_empty($$ update social.ai_studio_conversation_metadata set title = 'Mine' returning 1 $$, 'nor changed');
select is_empty('delete from social.ai_studio_conversation_metadata returning 1', 'nor deleted');
select throws_ok(
  $$
    insert into social.ai_studio_conversation_metadata (thread_id, user_id)
    values ('thread-2', 'aaaaaaaa-0000-4000-8000-000000000001')
  $$,
  '42501', null, 'nor made'
);

select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select isnt_empty($$ update social.ai_studio_settings set temperature = 2 returning 1 $$, 'their user changes settings');
select isnt_empty('delete from social.ai_studio_settings returning 1', 'and deletes them');
select isnt_empty($$ update social.ai_studio_conversation_metadata set title = 'Mine' returning 1 $$, 'changes a conversation');
select isnt_empty('delete from social.ai_studio_conversation_metadata returning 1', 'and deletes it');

select * from finish();
rollback;
