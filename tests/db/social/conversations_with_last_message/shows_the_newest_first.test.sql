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
insert into social.conversations (id, social_account_id, customer_identifier)
values ('44444444-0000-4000-8000-000000000001', '11111111-0000-4000-8000-000000000001', 'customer-2'), ('44444444-0000-4000-8000-000000000002', '11111111-0000-4000-8000-000000000001', 'customer-3'), ('33333333-0000-4000-8000-000000000001', '11111111-0000-4000-8000-000000000001', 'silent');
insert into social.conversation_messages (conversation_id, direction, content, created_at)
values
  ('22222222-0000-4000-8000-000000000001', 'inbound', 'first', '2026-01-01'), ('22222222-0000-4000-8000-000000000001', 'outbound', 'last', '2026-01-03'),
  ('44444444-0000-4000-8000-000000000001', 'inbound', 'same', '2026-01-02'), ('44444444-0000-4000-8000-000000000002', 'inbound', 'same', '2026-01-02'), ('22222222-0000-4000-8000-000000000002', 'inbound', 'bob', '2026-01-04');

select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select results_eq(
  $$
    select id, unread_count, last_message ->> 'content', last_message ->> 'direction' from social.conversations_with_last_message()
  $$,
  $$
    values ('22222222-0000-4000-8000-000000000001'::uuid, 1, 'last', 'outbound'), ('44444444-0000-4000-8000-000000000002', 1, 'same', 'inbound'), ('44444444-0000-4000-8000-000000000001', 1, 'same', 'inbound')
  $$,
  'of the caller, with a message'
);
select results_eq(
  $$ select id from social.conversations_with_last_message(2) $$,
  $$ values ('22222222-0000-4000-8000-000000000001'::uuid), ('44444444-0000-4000-8000-000000000002') $$,
  'a page'
);
select results_eq(
  $$
    select id from social.conversations_with_last_message(2, '2026-01-02', '44444444-0000-4000-8000-000000000002')
  $$,
  $$ values ('44444444-0000-4000-8000-000000000001'::uuid) $$,
  'the next one misses none of one time'
);
select results_eq(
  $$ select id from social.conversations_with_last_message(5, '2026-01-03') $$,
  $$ values ('44444444-0000-4000-8000-000000000002'::uuid), ('44444444-0000-4000-8000-000000000001') $$,
  'before a time'
);
select throws_ok(
  $$ select * from social.conversations_with_last_message(0) $$,
  'PT400', 'limit_invalid', 'no row'
);
select throws_ok(
  $$ select * from social.conversations_with_last_message(101) $$,
  'PT400', 'limit_invalid', 'too many'
);
select throws_ok(
  $$ select * from social.conversations_with_last_message(null) $$,
  'PT400', 'limit_invalid', 'null'
);
select tests.authenticate_as_subject('auth0|nobody');
select throws_ok(
  $$ select * from social.conversations_with_last_message() $$,
  'PT403', 'not_signed_in', 'a token of nobody'
);
select tests.authenticate_as_anon();
select throws_ok(
  $$ select * from social.conversations_with_last_message() $$,
  '42501', null, 'anon'
);

select * from finish();
rollback;
