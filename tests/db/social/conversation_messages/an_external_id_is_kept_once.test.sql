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

select tests.authenticate_as_service();
insert into social.conversation_messages (conversation_id, external_message_id, direction, status, created_at) values
  ('22222222-0000-4000-8000-000000000001', 'm1', 'inbound', 'sent', '2026-01-01');
select throws_ok(
  $$
    insert into social.conversation_messages (conversation_id, external_message_id, direction, status, created_at) values
      ('22222222-0000-4000-8000-000000000001', 'm1', 'inbound', 'sent', '2026-01-01')
  $$,
  '23505', null, 'a webhook that repeats'
);
select lives_ok(
  $$
    insert into social.conversation_messages (conversation_id, external_message_id, direction, status, created_at) values
      ('22222222-0000-4000-8000-000000000001', 'm1', 'inbound', 'sent', '2026-01-01')
    on conflict (external_message_id) do nothing
  $$,
  'may say so'
);
select results_eq(
  $$ select sum(unread_count) from social.conversations $$,
  $$ values (1::bigint) $$,
  'and counts once'
);
select lives_ok(
  $$
    insert into social.conversation_messages (conversation_id, direction) values ('22222222-0000-4000-8000-000000000001', 'inbound'), ('22222222-0000-4000-8000-000000000001', 'inbound')
  $$,
  'without an id there may be many'
);

select * from finish();
rollback;
