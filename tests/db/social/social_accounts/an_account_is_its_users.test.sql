begin;
select plan(10);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
insert into social.social_accounts (id, user_id, platform, account_id, display_name)
values
  ('11111111-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'instagram', 'ig-ann', 'Ann''s shop'),
  ('11111111-0000-4000-8000-000000000002', 'bbbbbbbb-0000-4000-8000-000000000002', 'instagram', 'ig-bob', 'Bob''s shop');

select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select results_eq(
  $$ select account_id from social.social_accounts $$,
  $$ values ('ig-ann') $$,
  'one reads one''s own'
);
select lives_ok(
  $$ insert into social.social_accounts (platform, account_id) values ('whatsapp', 'wa-ann') $$,
  'inserts for oneself'
);
select results_eq(
  $$ select user_id, is_active, verified_at from social.social_accounts where account_id = 'wa-ann' $$,
  $$ values ('aaaaaaaa-0000-4000-8000-000000000001'::uuid, true, null::timestamptz) $$,
  'it is active, and the caller''s'
);
select throws_ok(
  $$
    insert into social.social_accounts (user_id, platform, account_id) values ('bbbbbbbb-0000-4000-8000-000000000002', 'whatsapp', 'x')
  $$,
  '42501', null, 'and for nobody else'
);
select throws_ok(
  $$ update social.social_accounts set user_id = 'bbbbbbbb-0000-4000-8000-000000000002' $$,
  '42501', null, 'gives none away'
);
select lives_ok(
  $$ update social.social_accounts set is_active = false, username = 'ann' $$,
  'disconnects'
);
select lives_ok(
  $$ delete from social.social_accounts $$,
  'deletes'
);
select tests.clear_authentication();
select results_eq(
  $$ select account_id, is_active from social.social_accounts $$,
  $$ values ('ig-bob', true) $$,
  'Bob''s is as it was'
);
select tests.authenticate_as_anon();
select throws_ok(
  $$ select * from social.social_accounts $$,
  '42501', null, 'anon reads none'
);
select throws_ok(
  $$ insert into social.social_accounts (platform, account_id) values ('whatsapp', 'x') $$,
  '42501', null, 'and writes none'
);

select * from finish();
rollback;
