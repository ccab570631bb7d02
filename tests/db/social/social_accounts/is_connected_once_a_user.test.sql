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
  $$ insert into social.social_accounts (platform, account_id) values ('instagram', 'ig-ann') $$,
  '23505', null, 'twice is refused'
);
select lives_ok(
  $$
    insert into social.social_accounts (user_id, platform, account_id, username) values ('aaaaaaaa-0000-4000-8000-000000000001', 'instagram', 'ig-ann', 'ann')
    on conflict (user_id, platform, account_id) do update
    set user_id = excluded.user_id, platform = excluded.platform, account_id = excluded.account_id, username = excluded.username
  $$,
  'an upsert finds it'
);
select results_eq(
  $$ select id, username from social.social_accounts $$,
  $$ values ('11111111-0000-4000-8000-000000000001'::uuid, 'ann') $$,
  'one account'
);
select lives_ok(
  $$ insert into social.social_accounts (platform, account_id) values ('facebook', 'ig-ann') $$,
  'another platform is another account'
);
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select lives_ok(
  $$ insert into social.social_accounts (platform, account_id) values ('instagram', 'ig-ann') $$,
  'an agency may connect it too'
);
select throws_ok(
  $$ insert into social.social_accounts (platform, account_id) values ('myspace', 'x') $$,
  '22P02', null, 'platforms are known'
);

select * from finish();
rollback;
