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

select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select throws_ok(
  $$ select social.mark_conversation_read('22222222-0000-4000-8000-000000000001') $$,
  'PT404', 'conversation_not_found', 'another''s'
);
select throws_ok(
  $$ select social.mark_conversation_read(null) $$,
  'PT404', 'conversation_not_found', 'none'
);
select tests.authenticate_as_subject('auth0|nobody');
select throws_ok(
  $$ select social.mark_conversation_read('22222222-0000-4000-8000-000000000001') $$,
  'PT403', 'not_signed_in', 'a token of nobody'
);
select tests.authenticate_as_anon();
select throws_ok(
  $$ select social.mark_conversation_read('22222222-0000-4000-8000-000000000001') $$,
  '42501', null, 'anon'
);

select * from finish();
rollback;
