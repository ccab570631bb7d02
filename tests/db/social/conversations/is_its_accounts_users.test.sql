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

select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select results_eq(
  $$ select id, user_id from social.conversations $$,
  $$ values ('22222222-0000-4000-8000-000000000001'::uuid, 'aaaaaaaa-0000-4000-8000-000000000001'::uuid) $$,
  'one reads one''s own'
);
select lives_ok(
  $$
    insert into social.conversations (social_account_id, customer_identifier) values ('11111111-0000-4000-8000-000000000001', 'customer-2')
  $$,
  'on one''s own account'
);
select throws_ok(
  $$
    insert into social.conversations (social_account_id, customer_identifier) values ('11111111-0000-4000-8000-000000000002', 'customer-2')
  $$,
  'PT404', 'social_account_not_found', 'not on another''s'
);
select throws_ok(
  $$
    insert into social.conversations (social_account_id, customer_identifier) values (gen_random_uuid(), 'customer-2')
  $$,
  'PT404', 'social_account_not_found', 'nor on none'
);
select throws_ok(
  $$
    insert into social.conversations (user_id, social_account_id, customer_identifier) values ('bbbbbbbb-0000-4000-8000-000000000002', '11111111-0000-4000-8000-000000000001', 'x')
  $$,
  '42501', null, 'the user is not sent'
);
select throws_ok(
  $$ update social.conversations set social_account_id = '11111111-0000-4000-8000-000000000002' $$,
  '42501', null, 'nor is it moved'
);
select tests.authenticate_as_service();
select lives_ok(
  $$
    insert into social.conversations (id, user_id, social_account_id, customer_identifier) values ('55555555-0000-4000-8000-000000000001', 'bbbbbbbb-0000-4000-8000-000000000002', '11111111-0000-4000-8000-000000000001', 'x')
  $$,
  'the service may send any'
);
select results_eq(
  $$ select user_id from social.conversations where customer_identifier = 'x' $$,
  $$ values ('aaaaaaaa-0000-4000-8000-000000000001'::uuid) $$,
  'the account decides'
);
select lives_ok(
  $$
    update social.conversations set social_account_id = '11111111-0000-4000-8000-000000000002' where customer_identifier = 'x'
  $$,
  'moved by the service'
);
select results_eq(
  $$ select user_id from social.conversations where customer_identifier = 'x' $$,
  $$ values ('bbbbbbbb-0000-4000-8000-000000000002'::uuid) $$,
  'it goes to the account''s user'
);
select tests.authenticate_as_anon();
select throws_ok(
  $$ select * from social.conversations $$,
  '42501', null, 'anon reads none'
);
select throws_ok(
  $$
    insert into social.conversations (social_account_id, customer_identifier) values ('11111111-0000-4000-8000-000000000001', 'x')
  $$,
  '42501', null, 'and writes none'
);
select tests.authenticate_as_subject('auth0|nobody');
select throws_ok(
  $$
    insert into social.conversations (social_account_id, customer_identifier) values ('11111111-0000-4000-8000-000000000001', 'x')
  $$,
  '42501', null, 'nor does a token of nobody'
);

select * from finish();
rollback;
