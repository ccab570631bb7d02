begin;
select plan(13);

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

select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select results_eq(
  $$ select id, user_id, platform, source, monitoring_enabled from social.monitored_posts $$,
  $$
    values ('33333333-0000-4000-8000-000000000001'::uuid, 'aaaaaaaa-0000-4000-8000-000000000001'::uuid, 'instagram', 'manual', false)
  $$,
  'one reads one''s own'
);
select lives_ok(
  $$
    insert into social.monitored_posts (social_account_id, platform_post_id, platform, caption, source) values ('11111111-0000-4000-8000-000000000001', 'media-1', 'instagram', 'A cat', 'imported')
    on conflict (social_account_id, platform_post_id) do update
    set social_account_id = excluded.social_account_id, platform_post_id = excluded.platform_post_id,
      platform = excluded.platform, caption = excluded.caption, source = excluded.source
  $$,
  'importing again'
);
select results_eq(
  $$ select caption from social.monitored_posts $$,
  $$ values ('A cat') $$,
  'finds it'
);
select throws_ok(
  $$
    insert into social.monitored_posts (social_account_id, platform_post_id, platform, caption, source) values ('11111111-0000-4000-8000-000000000002', 'media-1', 'instagram', 'A cat', 'imported')
    on conflict (social_account_id, platform_post_id) do update
    set social_account_id = excluded.social_account_id, platform_post_id = excluded.platform_post_id,
      platform = excluded.platform, caption = excluded.caption, source = excluded.source
  $$,
  'PT404', 'social_account_not_found', 'not on another''s account'
);
select throws_ok(
  $$ update social.monitored_posts set social_account_id = '11111111-0000-4000-8000-000000000002' $$,
  'PT404', 'social_account_not_found', 'nor later'
);
select throws_ok(
  $$
    insert into social.monitored_posts (social_account_id, platform_post_id, platform) values ('11111111-0000-4000-8000-000000000001', 'x', 'twitter')
  $$,
  'PT400', 'platform_mismatch', 'the platform is the account''s'
);
select throws_ok(
  $$
    insert into social.monitored_posts (social_account_id, platform_post_id) values ('11111111-0000-4000-8000-000000000001', 'media-1')
  $$,
  '23505', null, 'once an account'
);
select lives_ok(
  $$
    insert into social.monitored_posts (user_id, social_account_id, platform_post_id) values ('bbbbbbbb-0000-4000-8000-000000000002', '11111111-0000-4000-8000-000000000001', 'media-3')
  $$,
  'whatever user is sent'
);
select set_eq(
  $$ select distinct user_id from social.monitored_posts $$,
  $$ values ('aaaaaaaa-0000-4000-8000-000000000001'::uuid) $$,
  'the account decides'
);
update social.monitored_posts set caption = 'x' where id = '33333333-0000-4000-8000-000000000002';
delete from social.monitored_posts where id = '33333333-0000-4000-8000-000000000002';
select lives_ok(
  $$ delete from social.monitored_posts $$,
  'one''s own can go'
);
select tests.clear_authentication();
select results_eq(
  $$ select id, caption from social.monitored_posts $$,
  $$ values ('33333333-0000-4000-8000-000000000002'::uuid, null::text) $$,
  'another''s is as it was'
);
select tests.authenticate_as_anon();
select throws_ok(
  $$ select * from social.monitored_posts $$,
  '42501', null, 'anon reads none'
);
select throws_ok(
  $$
    insert into social.monitored_posts (social_account_id, platform_post_id) values ('11111111-0000-4000-8000-000000000001', 'x')
  $$,
  '42501', null, 'and writes none'
);

select * from finish();
rollback;
