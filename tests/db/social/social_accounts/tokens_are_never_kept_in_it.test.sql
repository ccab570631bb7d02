begin;
select plan(6);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
insert into social.social_accounts (id, user_id, platform, account_id, display_name)
values
  ('11111111-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'instagram', 'ig-ann', 'Ann''s shop'),
  ('11111111-0000-4000-8000-000000000002', 'bbbbbbbb-0000-4000-8000-000000000002', 'instagram', 'ig-bob', 'Bob''s shop');

select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select throws_ok(
  $$ insert into social.social_accounts (platform, account_id, access_token) values ('whatsapp', 'wa', 'secret') $$,
  '42501', null, 'a client inserts none'
);
select throws_ok(
  $$ update social.social_accounts set access_token = 'secret' $$,
  '42501', null, 'updates none'
);
select throws_ok(
  $$ update social.social_accounts set refresh_token = 'secret' $$,
  '42501', null, 'neither the other'
);
select results_eq(
  $$ select access_token, refresh_token from social.social_accounts $$,
  $$ values (null::text, null::text) $$,
  'what is read is null'
);
select tests.authenticate_as_service();
select throws_ok(
  $$ update social.social_accounts set access_token = 'secret' $$,
  '23514', null, 'not even the service''s'
);
select throws_ok(
  $$ update social.social_accounts set refresh_token = 'secret' $$,
  '23514', null, 'of both'
);

select * from finish();
rollback;
