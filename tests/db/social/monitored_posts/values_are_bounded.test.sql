begin;
select plan(7);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
insert into social.social_accounts (id, user_id, platform, account_id, display_name)
values
  ('11111111-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'instagram', 'ig-ann', 'Ann''s shop'),
  ('11111111-0000-4000-8000-000000000002', 'bbbbbbbb-0000-4000-8000-000000000002', 'instagram', 'ig-bob', 'Bob''s shop');
insert into social.monitored_posts (id, social_account_id, platform_post_id, posted_at)
values
  ('33333333-0000-4000-8000-000000000001', '11111111-0000-4000-8000-000000000001', 'media-1', now() - interval '1 day'),
  ('33333333-0000-4000-8000-000000000002', '11111111-0000-4000-8000-000000000002', 'media-1', now() - interval '1 day');
insert into social.social_accounts (id, user_id, platform, account_id) values ('22222222-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'tiktok', 'tt');

select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select throws_ok(
  $$ update social.monitored_posts set source = 'found' $$,
  '23514', null, 'a source'
);
select throws_ok(
  $$ update social.monitored_posts set platform_post_id = '' $$,
  '23514', null, 'a blank id'
);
select throws_ok(
  $$ update social.monitored_posts set platform_post_id = repeat('x', 256) $$,
  '23514', null, 'a long id'
);
select throws_ok(
  $$ update social.monitored_posts set caption = repeat('x', 10001) $$,
  '23514', null, 'a long caption'
);
select throws_ok(
  $$ update social.monitored_posts set media_url = repeat('x', 2049) $$,
  '23514', null, 'a long address'
);
select throws_ok(
  $$ update social.monitored_posts set posted_at = 'infinity' $$,
  '23514', null, 'a time to come'
);
select throws_ok(
  $$
    insert into social.monitored_posts (social_account_id, platform_post_id) values ('22222222-0000-4000-8000-000000000001', 'x')
  $$,
  '23514', null, 'comments of TikTok are not read'
);

select * from finish();
rollback;
