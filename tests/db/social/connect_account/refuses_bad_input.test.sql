begin;
select plan(17);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
select private.set_setting('token_key', 'a secret of the installation');

select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select throws_ok(
  $$ select social.connect_account(null, 'x') $$,
  'PT400', 'argument_missing', 'no platform'
);
select throws_ok(
  $$ select social.connect_account('', 'x') $$,
  'PT400', 'argument_missing', 'a blank platform'
);
select throws_ok(
  $$ select social.connect_account('myspace', 'x') $$,
  'PT400', 'platform_unknown', 'an unknown platform'
);
select throws_ok(
  $$ select social.connect_account(repeat('x', 21), 'x') $$,
  'PT400', 'argument_too_long', 'a long platform'
);
select throws_ok(
  $$ select social.connect_account('instagram', null) $$,
  'PT400', 'argument_missing', 'no id'
);
select throws_ok(
  $$ select social.connect_account('instagram', ' ') $$,
  'PT400', 'argument_missing', 'a blank id'
);
select throws_ok(
  $$ select social.connect_account('instagram', repeat('x', 256)) $$,
  'PT400', 'argument_too_long', 'a long id'
);
select throws_ok(
  $$ select social.connect_account('instagram', 'x', repeat('x', 256)) $$,
  'PT400', 'argument_too_long', 'a long name'
);
select throws_ok(
  $$ select social.connect_account('instagram', 'x', null, repeat('x', 256)) $$,
  'PT400', 'argument_too_long', 'a long display name'
);
select throws_ok(
  $$ select social.connect_account('instagram', 'x', null, null, repeat('x', 2049)) $$,
  'PT400', 'argument_too_long', 'a long address'
);
select throws_ok(
  $$ select social.connect_account('instagram', 'x', null, null, null, ' ') $$,
  'PT400', 'argument_missing', 'a blank token'
);
select throws_ok(
  $$ select social.connect_account('instagram', 'x', null, null, null, repeat('x', 8193)) $$,
  'PT400', 'argument_too_long', 'a long token'
);
select throws_ok(
  $$ select social.connect_account('instagram', 'x', null, null, null, 'x', repeat('x', 8193)) $$,
  'PT400', 'argument_too_long', 'a long refresh token'
);
select is_empty(
  $$ select 1 from social.social_accounts $$,
  'nothing is left'
);
select tests.authenticate_as_subject('auth0|nobody');
select throws_ok(
  $$ select social.connect_account('instagram', 'x') $$,
  'PT403', 'not_signed_in', 'a token of nobody'
);
select tests.authenticate_as_service();
select throws_ok(
  $$ select social.connect_account_for(null, 'instagram', 'x') $$,
  'PT403', 'profile_missing', 'no user'
);
select throws_ok(
  $$ select social.connect_account_for(gen_random_uuid(), 'instagram', 'x') $$,
  'PT403', 'profile_missing', 'an unknown user'
);

select * from finish();
rollback;
