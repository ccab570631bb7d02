begin;
select plan(5);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
insert into social.social_accounts (id, user_id, platform, account_id, display_name)
values
  ('11111111-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'instagram', 'ig-ann', 'Ann''s shop'),
  ('11111111-0000-4000-8000-000000000002', 'bbbbbbbb-0000-4000-8000-000000000002', 'instagram', 'ig-bob', 'Bob''s shop');

select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select throws_ok(
  $$ update social.social_accounts set account_id = '' $$,
  '23514', null, 'no id'
);
select throws_ok(
  $$ update social.social_accounts set account_id = repeat('x', 256) $$,
  '23514', null, 'a long id'
);
select throws_ok(
  $$ update social.social_accounts set username = repeat('x', 256) $$,
  '23514', null, 'a long name'
);
select throws_ok(
  $$ update social.social_accounts set display_name = repeat('x', 256) $$,
  '23514', null, 'a long display name'
);
select throws_ok(
  $$ update social.social_accounts set profile_url = repeat('x', 2049) $$,
  '23514', null, 'a long address'
);

select * from finish();
rollback;
