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
  ('22222222-0000-4000-8000-000000000002', 'm2', 'inbound', 'sent', '2026-01-01');

select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select results_eq(
  $$ select external_message_id from social.conversation_messages $$,
  $$ values ('m1') $$,
  'one reads one''s own'
);
select throws_ok(
  $$ update social.conversation_messages set content = 'x' $$,
  '42501', null, 'what was said stays said'
);
select throws_ok(
  $$ delete from social.conversation_messages $$,
  '42501', null, 'and is not deleted alone'
);
select tests.authenticate_as_anon();
select throws_ok(
  $$ select * from social.conversation_messages $$,
  '42501', null, 'anon reads none'
);

select * from finish();
rollback;
