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

select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select throws_ok(
  $$ select social.set_account_tokens('11111111-0000-4000-8000-000000000001', 'x') $$,
  'PT404', 'social_account_not_found', 'another''s account'
);
select throws_ok(
  $$ select social.set_account_tokens(null, 'x') $$,
  'PT404', 'social_account_not_found', 'no account'
);
select throws_ok(
  $$ select social.set_account_tokens('11111111-0000-4000-8000-000000000002', null) $$,
  'PT400', 'argument_missing', 'no token'
);
select throws_ok(
  $$ select social.set_account_tokens('11111111-0000-4000-8000-000000000002', repeat('x', 8193)) $$,
  'PT400', 'argument_too_long', 'a long token'
);
select tests.authenticate_as_subject('auth0|nobody');
select throws_ok(
  $$ select social.set_account_tokens('11111111-0000-4000-8000-000000000001', 'x') $$,
  'PT403', 'not_signed_in', 'a token of nobody is not the service''s'
);
select tests.authenticate_as_anon();
select throws_ok(
  $$ select social.set_account_tokens('11111111-0000-4000-8000-000000000001', 'x') $$,
  '42501', null, 'anon'
);
select tests.clear_authentication();
select is_empty(
  $$ select 1 from private.social_account_tokens $$,
  'nothing was kept'
);

select * from finish();
rollback;
