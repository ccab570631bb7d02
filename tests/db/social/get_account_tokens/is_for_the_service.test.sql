begin;
select plan(7);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
insert into social.social_accounts (id, user_id, platform, account_id, display_name)
values
  ('11111111-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'instagram', 'ig-ann', 'Ann''s shop'),
  ('11111111-0000-4000-8000-000000000002', 'bbbbbbbb-0000-4000-8000-000000000002', 'instagram', 'ig-bob', 'Bob''s shop');
select private.set_setting('token_key', 'a secret of the installation');
select private.social_set_account_tokens('11111111-0000-4000-8000-000000000001', 'access-1', null, null);

select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select throws_ok(
  $$ select social.get_account_tokens('11111111-0000-4000-8000-000000000001') $$,
  '42501', null, 'not for the owner'
);
select tests.authenticate_as_anon();
select throws_ok(
  $$ select social.get_account_tokens('11111111-0000-4000-8000-000000000001') $$,
  '42501', null, 'nor for anon'
);
select tests.authenticate_as_service();
select is(
  social.get_account_tokens('11111111-0000-4000-8000-000000000001') ->> 'access_token',
  'access-1',
  'the service'
);
select throws_ok(
  $$ select social.get_account_tokens('11111111-0000-4000-8000-000000000002') $$,
  'PT422', 'tokens_missing', 'an account without'
);
select throws_ok(
  $$ select social.get_account_tokens(gen_random_uuid()) $$,
  'PT404', 'social_account_not_found', 'no such account'
);
select throws_ok(
  $$ select social.get_account_tokens(null) $$,
  'PT404', 'social_account_not_found', 'no account'
);
select tests.clear_authentication();
delete from private.settings where key = 'token_key';
select tests.authenticate_as_service();
select throws_ok(
  $$ select social.get_account_tokens('11111111-0000-4000-8000-000000000001') $$,
  'PT500', 'secret_missing', 'without the key'
);

select * from finish();
rollback;
