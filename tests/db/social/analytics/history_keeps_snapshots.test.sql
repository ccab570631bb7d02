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

select tests.authenticate_as_service();
select lives_ok(
  $$
    insert into social.analytics (user_id, content_id, platform, likes, recorded_at) values ('bbbbbbbb-0000-4000-8000-000000000002', '33333333-0000-4000-8000-000000000001', 'instagram', 1, '2026-01-01')
  $$,
  'the first numbers'
);
select lives_ok(
  $$ update social.analytics set likes = 5, raw_metrics = '{"x": 1}', recorded_at = '2026-01-02' $$,
  'they change'
);
select lives_ok(
  $$ update social.analytics set likes = 5, recorded_at = '2026-01-03' $$,
  'the same again'
);
select lives_ok(
  $$ update social.analytics set reach = 9 $$,
  'without a time'
);
select results_eq(
  $$
    select user_id, content_id, platform::text, likes, reach, recorded_at from social.analytics_history order by recorded_at
  $$,
  $$
    values ('aaaaaaaa-0000-4000-8000-000000000001'::uuid, '33333333-0000-4000-8000-000000000001'::uuid, 'instagram', 1, 0, '2026-01-01'::timestamptz),
      ('aaaaaaaa-0000-4000-8000-000000000001', '33333333-0000-4000-8000-000000000001', 'instagram', 5, 0, '2026-01-02'), ('aaaaaaaa-0000-4000-8000-000000000001', '33333333-0000-4000-8000-000000000001', 'instagram', 5, 9, now())
  $$,
  'one each time that they were new'
);
select results_eq(
  $$ select raw_metrics from social.analytics_history where recorded_at = '2026-01-02' $$,
  $$ values ('{"x": 1}'::jsonb) $$,
  'with all of them'
);
select results_eq(
  $$ select user_id, recorded_at from social.analytics $$,
  $$ values ('aaaaaaaa-0000-4000-8000-000000000001'::uuid, now()) $$,
  'the row has the newest'
);

select * from finish();
rollback;
