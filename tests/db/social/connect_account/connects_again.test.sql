begin;
select plan(5);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
select private.set_setting('token_key', 'a secret of the installation');

select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select social.connect_account('instagram', 'ig-new', 'ann', 'Ann', 'https://example.com/ann', 'access-1', 'refresh-1', '2030-01-01');
update social.social_accounts set is_active = false;
select lives_ok(
  $$ select social.connect_account('instagram', 'ig-new', p_access_token => 'access-2') $$,
  'once more'
);
select results_eq(
  $$ select username, display_name, profile_url, is_active from social.social_accounts $$,
  $$ values ('ann', 'Ann', 'https://example.com/ann', true) $$,
  'the same account, active, with what was known'
);
select tests.clear_authentication();
select results_eq(
  $$
    select extensions.pgp_sym_decrypt(t.access_token, 'a secret of the installation'),
      extensions.pgp_sym_decrypt(t.refresh_token, 'a secret of the installation')
    from private.social_account_tokens as t
  $$,
  $$ values ('access-2', 'refresh-1') $$,
  'the new token; platforms send the other once'
);
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select lives_ok(
  $$ select social.connect_account('instagram', 'ig-new') $$,
  'without a token'
);
select tests.clear_authentication();
select isnt_empty(
  $$ select 1 from private.social_account_tokens $$,
  'what is there stays'
);

select * from finish();
rollback;
