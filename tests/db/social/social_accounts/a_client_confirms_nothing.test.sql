begin;
select plan(9);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
insert into social.social_accounts (id, user_id, platform, account_id, display_name)
values
  ('11111111-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'instagram', 'ig-ann', 'Ann''s shop'),
  ('11111111-0000-4000-8000-000000000002', 'bbbbbbbb-0000-4000-8000-000000000002', 'instagram', 'ig-bob', 'Bob''s shop');
update social.social_accounts set verified_at = now();

select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select throws_ok(
  $$ update social.social_accounts set verified_at = now() $$,
  '42501', null, 'verified_at is not a client''s'
);
select lives_ok(
  $$ update social.social_accounts set username = 'ann', account_id = 'ig-ann' $$,
  'what stays the same'
);
select isnt_empty(
  $$ select 1 from social.social_accounts where verified_at is not null $$,
  'stays confirmed'
);
select lives_ok(
  $$ update social.social_accounts set account_id = 'ig-bob' $$,
  'who names another account'
);
select isnt_empty(
  $$ select 1 from social.social_accounts where verified_at is null $$,
  'has to confirm it'
);
select tests.clear_authentication();
update social.social_accounts set verified_at = now();
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select lives_ok(
  $$ update social.social_accounts set platform = 'facebook' $$,
  'and so on another platform'
);
select isnt_empty(
  $$ select 1 from social.social_accounts where verified_at is null $$,
  'else Bob''s messages came to Ann'
);
select tests.authenticate_as_service();
select lives_ok(
  $$ update social.social_accounts set account_id = 'ig-new' where id = '11111111-0000-4000-8000-000000000002' $$,
  'the service renames'
);
select isnt_empty(
  $$
    select 1 from social.social_accounts where id = '11111111-0000-4000-8000-000000000002' and verified_at is not null
  $$,
  'and knows'
);

select * from finish();
rollback;
