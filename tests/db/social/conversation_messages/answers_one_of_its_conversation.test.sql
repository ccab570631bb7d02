begin;
select plan(5);

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
insert into social.conversation_messages (id, conversation_id, direction) values ('66666666-0000-4000-8000-000000000001', '22222222-0000-4000-8000-000000000001', 'inbound'), ('66666666-0000-4000-8000-000000000002', '22222222-0000-4000-8000-000000000002', 'inbound');

select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select lives_ok(
  $$
    insert into social.conversation_messages (conversation_id, content, reply_to_message_id) values ('22222222-0000-4000-8000-000000000001', 'Yes', '66666666-0000-4000-8000-000000000001')
  $$,
  'of the same'
);
select throws_ok(
  $$
    insert into social.conversation_messages (conversation_id, content, reply_to_message_id) values ('22222222-0000-4000-8000-000000000001', 'Yes', '66666666-0000-4000-8000-000000000002')
  $$,
  'PT404', 'message_not_found', 'of another'
);
select throws_ok(
  $$
    insert into social.conversation_messages (conversation_id, content, reply_to_message_id) values ('22222222-0000-4000-8000-000000000001', 'Yes', gen_random_uuid())
  $$,
  'PT404', 'message_not_found', 'of none'
);
select tests.clear_authentication();
select lives_ok(
  $$ delete from social.conversation_messages where id = '66666666-0000-4000-8000-000000000001' $$,
  'what is answered may go'
);
select results_eq(
  $$ select reply_to_message_id from social.conversation_messages where content = 'Yes' $$,
  $$ values (null::uuid) $$,
  'the answer stays'
);

select * from finish();
rollback;
