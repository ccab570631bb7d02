begin;
select plan(14);

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
select throws_ok(
  $$ update social.conversations set status = 'new' $$,
  '23514', null, 'a status'
);
select throws_ok(
  $$ update social.conversations set priority = 'low' $$,
  '23514', null, 'a priority'
);
select throws_ok(
  $$ update social.conversations set ai_mode = 'on' $$,
  '23514', null, 'a mode'
);
select throws_ok(
  $$ update social.conversations set customer_name = repeat('x', 256) $$,
  '23514', null, 'a name'
);
select throws_ok(
  $$ update social.conversations set customer_avatar_url = repeat('x', 2049) $$,
  '23514', null, 'an address'
);
select throws_ok(
  $$ update social.conversations set tags = array_fill('x'::text, array[51]) $$,
  '23514', null, 'many tags'
);
select throws_ok(
  $$ update social.conversations set tags = array[repeat('x', 9000)] $$,
  '23514', null, 'a long tag'
);
select throws_ok(
  $$ update social.conversations set metadata = '[]' $$,
  '23514', null, 'metadata that is a list'
);
select throws_ok(
  $$
    update social.conversations set metadata = jsonb_build_object('x', (select string_agg(md5(i::text), '') from generate_series(1, 3000) as i))
  $$,
  '23514', null, 'large metadata'
);
select throws_ok(
  $$
    insert into social.conversations (social_account_id, customer_identifier) values ('11111111-0000-4000-8000-000000000001', '')
  $$,
  '23514', null, 'no customer'
);
select throws_ok(
  $$
    insert into social.conversations (social_account_id, customer_identifier) values ('11111111-0000-4000-8000-000000000001', repeat('x', 256))
  $$,
  '23514', null, 'a long customer'
);
select throws_ok(
  $$
    insert into social.conversations (social_account_id, customer_identifier, external_conversation_id) values ('11111111-0000-4000-8000-000000000001', 'x', '')
  $$,
  '23514', null, 'a blank id'
);
select throws_ok(
  $$ update social.conversations set assigned_to = gen_random_uuid() $$,
  '23503', null, 'nobody to assign to'
);
select tests.clear_authentication();
select throws_ok(
  $$ update social.conversations set unread_count = -1 $$,
  '23514', null, 'fewer than none'
);

select * from finish();
rollback;
