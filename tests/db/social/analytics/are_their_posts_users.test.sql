begin;
select plan(20);

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
insert into social.scheduled_posts (id, channel_id, content_json, publish_at) values ('44444444-0000-4000-8000-000000000001', '11111111-0000-4000-8000-000000000001', '{"text": "x"}', now());

select tests.authenticate_as_service();
select lives_ok(
  $$
    insert into social.analytics (content_id, platform) values ('33333333-0000-4000-8000-000000000001', 'instagram'), ('44444444-0000-4000-8000-000000000001', 'instagram'), ('33333333-0000-4000-8000-000000000002', 'instagram')
  $$,
  'of monitored and scheduled posts'
);
select throws_ok(
  $$ insert into social.analytics (content_id, platform) values (gen_random_uuid(), 'instagram') $$,
  'PT404', 'post_not_found', 'of no other'
);
select throws_ok(
  $$ update social.analytics set likes = -1 $$,
  '23514', null, 'likes'
);
select throws_ok(
  $$ update social.analytics set shares = -1 $$,
  '23514', null, 'shares'
);
select throws_ok(
  $$ update social.analytics set comments = -1 $$,
  '23514', null, 'comments'
);
select throws_ok(
  $$ update social.analytics set impressions = -1 $$,
  '23514', null, 'impressions'
);
select throws_ok(
  $$ update social.analytics set reach = -1 $$,
  '23514', null, 'reach'
);
select throws_ok(
  $$ update social.analytics set clicks = -1 $$,
  '23514', null, 'clicks'
);
select throws_ok(
  $$ update social.analytics set conversions = -1 $$,
  '23514', null, 'conversions'
);
select throws_ok(
  $$ update social.analytics set engagement_rate = -1 $$,
  '23514', null, 'engagement_rate'
);
select throws_ok(
  $$ update social.analytics set engagement_rate = 'NaN' $$,
  '23514', null, 'a rate is a number'
);
select throws_ok(
  $$
    update social.analytics set raw_metrics = to_jsonb((select string_agg(md5(i::text), '') from generate_series(1, 3000) as i))
  $$,
  '23514', null, 'large metrics'
);
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select set_eq(
  $$ select content_id from social.analytics $$,
  $$ values ('33333333-0000-4000-8000-000000000001'::uuid), ('44444444-0000-4000-8000-000000000001') $$,
  'users read their own'
);
select set_eq(
  $$ select content_id from social.analytics_history $$,
  $$ values ('33333333-0000-4000-8000-000000000001'::uuid), ('44444444-0000-4000-8000-000000000001') $$,
  'and their history'
);
select throws_ok(
  $$
    insert into social.analytics (content_id, platform) values ('33333333-0000-4000-8000-000000000001', 'instagram')
  $$,
  '42501', null, 'make none'
);
select throws_ok(
  $$ update social.analytics set likes = 1 $$,
  '42501', null, 'change none'
);
select throws_ok(
  $$ delete from social.analytics $$,
  '42501', null, 'delete none'
);
select lives_ok(
  $$ delete from social.monitored_posts $$,
  'a post goes'
);
select isnt_empty(
  $$ select 1 from social.analytics_history where content_id = '33333333-0000-4000-8000-000000000001' $$,
  'its numbers stay'
);
select tests.authenticate_as_anon();
select throws_ok(
  $$ select * from social.analytics $$,
  '42501', null, 'anon reads none'
);

select * from finish();
rollback;
