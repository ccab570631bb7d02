begin;
select plan(7);

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
select throws_ok(
  $$
    insert into social.conversation_messages (conversation_id, direction, content) values ('22222222-0000-4000-8000-000000000001', 'inbound', 'Hi')
  $$,
  '42501', null, 'a client forges none'
);
select throws_ok(
  $$
    insert into social.conversation_messages (conversation_id, direction, content, external_message_id) values ('22222222-0000-4000-8000-000000000001', 'outbound', 'Hi', 'm1')
  $$,
  '42501', null, 'nor a platform''s id'
);
select throws_ok(
  $$
    insert into social.conversation_messages (conversation_id, direction, content, created_at) values ('22222222-0000-4000-8000-000000000001', 'outbound', 'Hi', now())
  $$,
  '42501', null, 'nor a time'
);
select tests.authenticate_as_service();
select lives_ok(
  $$
    insert into social.conversation_messages (user_id, conversation_id, direction, content, sender_id, external_message_id) values ('bbbbbbbb-0000-4000-8000-000000000002', '22222222-0000-4000-8000-000000000001', 'inbound', 'Hi', 'customer-1', 'm1')
  $$,
  'the service'
);
select results_eq(
  $$ select user_id, is_from_agent, agent_id, status, message_type, metadata from social.conversation_messages $$,
  $$ values ('aaaaaaaa-0000-4000-8000-000000000001'::uuid, false, null::uuid, 'sent', 'text', '{}'::jsonb) $$,
  'the conversation decides whose'
);
select throws_ok(
  $$ insert into social.conversation_messages (conversation_id, direction) values (gen_random_uuid(), 'inbound') $$,
  'PT404', 'conversation_not_found', 'no conversation'
);
select tests.authenticate_as_anon();
select throws_ok(
  $$
    insert into social.conversation_messages (conversation_id, direction, content) values ('22222222-0000-4000-8000-000000000001', 'outbound', 'Hi')
  $$,
  '42501', null, 'anon'
);

select * from finish();
rollback;
