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
select lives_ok(
  $$
    insert into social.conversations (social_account_id, external_conversation_id, customer_identifier) values ('11111111-0000-4000-8000-000000000001', 'thread-1', 'x')
  $$,
  'the first'
);
select throws_ok(
  $$
    insert into social.conversations (social_account_id, external_conversation_id, customer_identifier) values ('11111111-0000-4000-8000-000000000001', 'thread-1', 'x')
  $$,
  '23505', null, 'a webhook that repeats'
);
select lives_ok(
  $$
    insert into social.conversations (social_account_id, external_conversation_id, customer_identifier) values ('11111111-0000-4000-8000-000000000001', 'thread-1', 'y')
    on conflict (social_account_id, external_conversation_id) do update set customer_identifier = excluded.customer_identifier
  $$,
  'finds it by an upsert'
);
select lives_ok(
  $$
    insert into social.conversations (social_account_id, external_conversation_id, customer_identifier) values ('11111111-0000-4000-8000-000000000002', 'thread-1', 'x')
  $$,
  'another account has its own'
);

select * from finish();
rollback;
