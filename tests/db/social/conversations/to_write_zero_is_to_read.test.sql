begin;
select plan(12);

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
  ('22222222-0000-4000-8000-000000000001', 'm1', 'inbound', 'sent', '2026-01-01'),
  ('22222222-0000-4000-8000-000000000001', 'm2', 'inbound', 'sent', '2026-01-02');

select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select lives_ok(
  $$ update social.conversations set unread_count = 7 $$,
  'another number'
);
select results_eq(
  $$ select unread_count from social.conversations $$,
  $$ values (2) $$,
  'is ignored'
);
select lives_ok(
  $$ update social.conversations set unread_count = 0 $$,
  'zero'
);
select results_eq(
  $$ select unread_count from social.conversations $$,
  $$ values (0) $$,
  'is taken'
);
select results_eq(
  $$ select distinct status from social.conversation_messages $$,
  $$ values ('read') $$,
  'since the messages were read'
);
select tests.authenticate_as_service();
insert into social.conversation_messages (conversation_id, external_message_id, direction, status, created_at) values
  ('22222222-0000-4000-8000-000000000001', 'm3', 'inbound', 'sent', '2026-01-03');
select results_eq(
  $$ select unread_count from social.conversations where id = '22222222-0000-4000-8000-000000000001' $$,
  $$ values (1) $$,
  'the next one counts from there'
);
select lives_ok(
  $$ update social.conversations set unread_count = 5, last_message_at = '2020-01-01' $$,
  'a back end that counts by itself'
);
select results_eq(
  $$
    select unread_count, last_message_at from social.conversations where id = '22222222-0000-4000-8000-000000000001'
  $$,
  $$ values (1, '2026-01-03'::timestamptz) $$,
  'does no harm'
);
select lives_ok(
  $$ update social.conversations set unread_count = 0 $$,
  'and may read'
);
select results_eq(
  $$ select unread_count from social.conversations where id = '22222222-0000-4000-8000-000000000001' $$,
  $$ values (0) $$,
  'too'
);
select lives_ok(
  $$
    insert into social.conversations (social_account_id, customer_identifier, unread_count, last_message_at) values ('11111111-0000-4000-8000-000000000001', 'new', 9, now())
  $$,
  'a new one'
);
select results_eq(
  $$ select unread_count, last_message_at from social.conversations where customer_identifier = 'new' $$,
  $$ values (0, null::timestamptz) $$,
  'starts at nothing'
);

select * from finish();
rollback;
