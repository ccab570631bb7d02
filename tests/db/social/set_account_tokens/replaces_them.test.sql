begin;
select plan(6);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
insert into social.social_accounts (id, user_id, platform, account_id, display_name)
values
  ('11111111-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'instagram', 'ig-ann', 'Ann''s shop'),
  ('11111111-0000-4000-8000-000000000002', 'bbbbbbbb-0000-4000-8000-000000000002', 'instagram', 'ig-bob', 'Bob''s shop');
select private.set_setting('token_key', 'a secret of the installation');

select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select lives_ok(
  $$
    select social.set_account_tokens('11111111-0000-4000-8000-000000000001', 'access-1', 'refresh-1', '2030-01-01')
  $$,
  'the owner'
);
select tests.authenticate_as_service();
select results_eq(
  $$
    select g ->> 'access_token', g ->> 'refresh_token', g ->> 'account_id', g ->> 'user_id', g ->> 'platform', (g ->> 'token_expires_at')::timestamptz
    from social.get_account_tokens('11111111-0000-4000-8000-000000000001') as g
  $$,
  $$
    values ('access-1', 'refresh-1', 'ig-ann', 'aaaaaaaa-0000-4000-8000-000000000001', 'instagram', '2030-01-01'::timestamptz)
  $$,
  'the service reads them'
);
select lives_ok(
  $$ select social.set_account_tokens('11111111-0000-4000-8000-000000000001', 'access-2') $$,
  'the service renews'
);
select results_eq(
  $$
    select g ->> 'access_token', g ->> 'refresh_token', g ->> 'token_expires_at' from social.get_account_tokens('11111111-0000-4000-8000-000000000001') as g
  $$,
  $$ values ('access-2', 'refresh-1', null::text) $$,
  'the refresh token stays'
);
select tests.clear_authentication();
select results_eq(
  $$
    select access_token, refresh_token, token_expires_at from social.social_accounts where id = '11111111-0000-4000-8000-000000000001'
  $$,
  $$ values (null::text, null::text, null::timestamptz) $$,
  'the table shows none'
);
delete from social.social_accounts where id = '11111111-0000-4000-8000-000000000001';
select is_empty(
  $$ select 1 from private.social_account_tokens $$,
  'they go with their account'
);

select * from finish();
rollback;
