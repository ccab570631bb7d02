begin;
select plan(8);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
select private.set_setting('token_key', 'a secret of the installation');

select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select social.connect_account('instagram', 'ig-new');
select results_eq(
  $$ select verified_at from social.social_accounts $$,
  $$ values (null::timestamptz) $$,
  'anybody can name an account'
);
select tests.authenticate_as_service();
select lives_ok(
  $$
    select social.connect_account_for('aaaaaaaa-0000-4000-8000-000000000001', 'instagram', 'ig-new', p_access_token => 'access-1')
  $$,
  'the service asked the platform'
);
select results_eq(
  $$ select user_id, verified_at from social.social_accounts $$,
  $$ values ('aaaaaaaa-0000-4000-8000-000000000001'::uuid, now()) $$,
  'now it is confirmed'
);
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select social.connect_account('instagram', 'ig-new');
select results_eq(
  $$ select verified_at from social.social_accounts $$,
  $$ values (now()) $$,
  'and stays so'
);
select throws_ok(
  $$ select social.connect_account_for('bbbbbbbb-0000-4000-8000-000000000002', 'instagram', 'x') $$,
  '42501', null, 'which is the service''s to say'
);
select tests.authenticate_as_anon();
select throws_ok(
  $$ select social.connect_account('instagram', 'x') $$,
  '42501', null, 'anon connects none'
);
select throws_ok(
  $$ select social.connect_account_for('bbbbbbbb-0000-4000-8000-000000000002', 'instagram', 'x') $$,
  '42501', null, 'in neither way'
);
select tests.authenticate_as_service();
select throws_ok(
  $$ select social.connect_account('instagram', 'x') $$,
  '42501', null, 'the service is no user'
);

select * from finish();
rollback;
