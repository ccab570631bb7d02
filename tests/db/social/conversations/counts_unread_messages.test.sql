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

select tests.authenticate_as_service();
select lives_ok(
  $$
    insert into social.conversation_messages (conversation_id, external_message_id, direction, status, created_at) values
      ('22222222-0000-4000-8000-000000000001', 'm1', 'inbound', 'delivered', '2026-01-01'),
      ('22222222-0000-4000-8000-000000000001', 'm2', 'inbound', 'sent', '2026-01-03'),
      ('22222222-0000-4000-8000-000000000001', 'm3', 'inbound', 'read', '2026-01-02'),
      ('22222222-0000-4000-8000-000000000001', 'm4', 'outbound', 'sent', '2026-01-02'),
      ('22222222-0000-4000-8000-000000000002', 'm5', 'inbound', 'failed', '2026-01-01')
  $$,
  'a batch of two conversations'
);
select results_eq(
  $$ select id, unread_count, last_message_at from social.conversations order by id $$,
  $$
    values ('22222222-0000-4000-8000-000000000001'::uuid, 2, '2026-01-03'::timestamptz), ('22222222-0000-4000-8000-000000000002', 1, '2026-01-01')
  $$,
  'inbound ones that are not read'
);
select lives_ok(
  $$ update social.conversation_messages set status = 'read' where external_message_id in ('m1', 'm4') $$,
  'one is read'
);
select results_eq(
  $$ select id, unread_count, last_message_at from social.conversations order by id $$,
  $$
    values ('22222222-0000-4000-8000-000000000001'::uuid, 1, '2026-01-03'::timestamptz), ('22222222-0000-4000-8000-000000000002', 1, '2026-01-01')
  $$,
  'one fewer'
);
select lives_ok(
  $$ update social.conversation_messages set status = 'delivered' where external_message_id = 'm3' $$,
  'one is unread again'
);
select results_eq(
  $$ select id, unread_count, last_message_at from social.conversations order by id $$,
  $$
    values ('22222222-0000-4000-8000-000000000001'::uuid, 2, '2026-01-03'::timestamptz), ('22222222-0000-4000-8000-000000000002', 1, '2026-01-01')
  $$,
  'one more'
);
select lives_ok(
  $$
    update social.conversation_messages set conversation_id = '22222222-0000-4000-8000-000000000002' where external_message_id = 'm2'
  $$,
  'one is moved'
);
select results_eq(
  $$ select id, unread_count, last_message_at from social.conversations order by id $$,
  $$
    values ('22222222-0000-4000-8000-000000000001'::uuid, 1, '2026-01-02'::timestamptz), ('22222222-0000-4000-8000-000000000002', 2, '2026-01-03')
  $$,
  'both count'
);
select lives_ok(
  $$ delete from social.conversation_messages where external_message_id in ('m2', 'm4') $$,
  'two are deleted'
);
select results_eq(
  $$ select id, unread_count, last_message_at from social.conversations order by id $$,
  $$
    values ('22222222-0000-4000-8000-000000000001'::uuid, 1, '2026-01-02'::timestamptz), ('22222222-0000-4000-8000-000000000002', 1, '2026-01-01')
  $$,
  'the counts follow'
);
select lives_ok(
  $$ update social.conversation_messages set created_at = '2026-02-01' where external_message_id = 'm5' $$,
  'a time is corrected'
);
select lives_ok(
  $$ delete from social.conversation_messages where external_message_id <> 'm5' $$,
  'none is left of one'
);
select results_eq(
  $$ select id, unread_count, last_message_at from social.conversations order by id $$,
  $$
    values ('22222222-0000-4000-8000-000000000001'::uuid, 0, null::timestamptz), ('22222222-0000-4000-8000-000000000002', 1, '2026-02-01')
  $$,
  'nothing is counted'
);

select * from finish();
rollback;
