begin;
select plan(6);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
select private.set_setting('token_key', 'a secret of the installation');

select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select lives_ok(
  $$
    select social.connect_account('instagram', 'ig-new', 'ann', 'Ann', 'https://example.com/ann', 'access-1', 'refresh-1', '2030-01-01')
  $$,
  'the caller connects'
);
select results_eq(
  $$
    select user_id, platform::text, account_id, username, access_token, refresh_token, token_expires_at from social.social_accounts
  $$,
  $$
    values ('aaaaaaaa-0000-4000-8000-000000000001'::uuid, 'instagram', 'ig-new', 'ann', null::text, null::text, '2030-01-01'::timestamptz)
  $$,
  'without the tokens'
);
select tests.clear_authentication();
select is_empty(
  $$
    select 1 from private.social_account_tokens as t
    where encode(t.access_token, 'escape') like '%access-1%' or encode(t.refresh_token, 'escape') like '%refresh-1%'
  $$,
  'they are not in the clear'
);
select results_eq(
  $$
    select extensions.pgp_sym_decrypt(t.access_token, 'a secret of the installation'),
      extensions.pgp_sym_decrypt(t.refresh_token, 'a secret of the installation')
    from private.social_account_tokens as t
  $$,
  $$ values ('access-1', 'refresh-1') $$,
  'the key opens them'
);
select throws_ok(
  $$ select extensions.pgp_sym_decrypt(t.access_token, 'another') from private.social_account_tokens as t $$,
  '39000', null, 'no other does'
);
select tests.authenticate_as_service();
select throws_ok(
  $$ select * from private.social_account_tokens $$,
  '42501', null, 'the service reads them through its function alone'
);

select * from finish();
rollback;
