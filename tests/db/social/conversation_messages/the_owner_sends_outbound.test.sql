begin;
select plan(9);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
insert into social.social_accounts (id, user_id, platform, account_id, display_name)
values
  ('11111111-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'instagram', 'ig-ann', 'Ann''s shop'),
  ('11111111-0000-4000-8000-000000000002', 'bbbbbbbb-0000-4000-8000-000000000002', 'instagram', 'ig-bob', 'Bob''s shop');
insert into social.conversations (id, social_account_id, customer_identifier)
values
  ('22222222-0000-4000-8000-000000000001', '11111111-0000-4000-8000-000000000001', 'customer-1'),
  ('22222222-0000-4000-8000-000000000002', '11111111-0000-4000-8000-000000000002', 'customer-1');

select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select lives_ok(
  $$
    insert into social.conversation_messages (conversation_id, direction, content) values ('22222222-0000-4000-8000-000000000001', 'outbound', 'Hello')
  $$,
  'a text'
);
select lives_ok(
  $$
    insert into social.conversation_messages (conversation_id, content, message_type, storage_object_name) values ('22222222-0000-4000-8000-000000000001', '', 'image', 'aaaaaaaa-0000-4000-8000-000000000001/cat.png')
  $$,
  'a file of one''s own'
);
select results_eq(
  $$
    select distinct user_id, direction, is_from_agent, agent_id, sender_id, sender_name, status from social.conversation_messages
  $$,
  $$
    values ('aaaaaaaa-0000-4000-8000-000000000001'::uuid, 'outbound', true, 'aaaaaaaa-0000-4000-8000-000000000001'::uuid, 'ig-ann', 'Ann''s shop', 'sent')
  $$,
  'from whom is not theirs to say'
);
select results_eq(
  $$ select unread_count from social.conversations $$,
  $$ values (0) $$,
  'one''s own are read'
);
select throws_ok(
  $$
    insert into social.conversation_messages (conversation_id, direction, content) values ('22222222-0000-4000-8000-000000000002', 'outbound', 'Hello')
  $$,
  'PT404', 'conversation_not_found', 'not in another''s conversation'
);
select throws_ok(
  $$
    insert into social.conversation_messages (conversation_id, direction, content) values ('22222222-0000-4000-8000-000000000001', 'outbound', ' ')
  $$,
  'PT400', 'argument_missing', 'nothing to say'
);
select throws_ok(
  $$
    insert into social.conversation_messages (conversation_id, content, storage_object_name) values ('22222222-0000-4000-8000-000000000001', 'x', 'bbbbbbbb-0000-4000-8000-000000000002/dog.png')
  $$,
  'PT400', 'source_not_in_storage', 'another''s file'
);
select throws_ok(
  $$
    insert into social.conversation_messages (conversation_id, content, storage_object_name) values ('22222222-0000-4000-8000-000000000001', 'x', 'http://example.com/dog.png')
  $$,
  'PT400', 'source_not_in_storage', 'an address'
);
select tests.clear_authentication();
update public.profiles set is_active = false where id = 'aaaaaaaa-0000-4000-8000-000000000001';
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select throws_ok(
  $$
    insert into social.conversation_messages (conversation_id, direction, content) values ('22222222-0000-4000-8000-000000000001', 'outbound', 'Hello')
  $$,
  'PT403', 'account_suspended', 'who is suspended sends nothing'
);

select * from finish();
rollback;
