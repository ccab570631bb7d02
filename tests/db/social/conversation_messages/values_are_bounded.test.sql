begin;
select plan(13);

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
insert into social.conversation_messages (conversation_id, external_message_id, direction, status, created_at) values
  ('22222222-0000-4000-8000-000000000001', 'm1', 'inbound', 'sent', '2026-01-01');

select tests.authenticate_as_service();
select throws_ok(
  $$ update social.conversation_messages set direction = 'in' $$,
  '23514', null, 'a direction'
);
select throws_ok(
  $$ update social.conversation_messages set message_type = 'smell' $$,
  '23514', null, 'a type'
);
select throws_ok(
  $$ update social.conversation_messages set status = 'lost' $$,
  '23514', null, 'a status'
);
select throws_ok(
  $$ update social.conversation_messages set content = repeat('x', 20001) $$,
  '23514', null, 'a long text'
);
select throws_ok(
  $$ update social.conversation_messages set external_message_id = '' $$,
  '23514', null, 'a blank id'
);
select throws_ok(
  $$ update social.conversation_messages set external_message_id = repeat('x', 513) $$,
  '23514', null, 'a long id'
);
select throws_ok(
  $$ update social.conversation_messages set media_type = repeat('x', 101) $$,
  '23514', null, 'a long media type'
);
select throws_ok(
  $$ update social.conversation_messages set sender_id = repeat('x', 256) $$,
  '23514', null, 'a long sender'
);
select throws_ok(
  $$ update social.conversation_messages set sender_name = repeat('x', 256) $$,
  '23514', null, 'a long name'
);
select throws_ok(
  $$ update social.conversation_messages set sender_avatar_url = repeat('x', 2049) $$,
  '23514', null, 'a long address'
);
select throws_ok(
  $$ update social.conversation_messages set storage_object_name = repeat('x', 1025) $$,
  '23514', null, 'a long path'
);
select throws_ok(
  $$ update social.conversation_messages set metadata = '1' $$,
  '23514', null, 'metadata that is a number'
);
select throws_ok(
  $$
    update social.conversation_messages set metadata = jsonb_build_object('x', (select string_agg(md5(i::text), '') from generate_series(1, 3000) as i))
  $$,
  '23514', null, 'large metadata'
);

select * from finish();
rollback;
