begin;
select plan(4);

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
  ('22222222-0000-4000-8000-000000000001', 'm2', 'inbound', 'delivered', '2026-01-02'),
  ('22222222-0000-4000-8000-000000000001', 'm3', 'outbound', 'sent', '2026-01-02'),
  ('22222222-0000-4000-8000-000000000002', 'm4', 'inbound', 'sent', '2026-01-02');

select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select results_eq(
  $$ select id, unread_count from social.mark_conversation_read('22222222-0000-4000-8000-000000000001') $$,
  $$ values ('22222222-0000-4000-8000-000000000001'::uuid, 0) $$,
  'the conversation comes back read'
);
select tests.clear_authentication();
select set_eq(
  $$ select external_message_id, status from social.conversation_messages $$,
  $$ values ('m1', 'read'), ('m2', 'read'), ('m3', 'sent'), ('m4', 'sent') $$,
  'inbound messages of it alone'
);
select results_eq(
  $$ select unread_count from social.conversations order by id $$,
  $$ values (0), (1) $$,
  'nobody else''s'
);
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select lives_ok(
  $$ select social.mark_conversation_read('22222222-0000-4000-8000-000000000001') $$,
  'twice is once'
);

select * from finish();
rollback;
