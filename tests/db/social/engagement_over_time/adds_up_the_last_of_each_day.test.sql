begin;
select plan(10);

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
insert into social.monitored_posts (id, social_account_id, platform_post_id) values ('44444444-0000-4000-8000-000000000001', '11111111-0000-4000-8000-000000000001', 'media-2');
insert into social.analytics_history (user_id, content_id, platform, likes, engagement_rate, recorded_at)
select u.user_id, u.content_id, u.platform::social.social_platform, u.likes, u.rate, (now() at time zone 'utc')::date::timestamp at time zone 'utc' - u.ago
from (
  values
    ('aaaaaaaa-0000-4000-8000-000000000001'::uuid, '33333333-0000-4000-8000-000000000001'::uuid, 'instagram', 10, 1.0, interval '1 day'),
    ('aaaaaaaa-0000-4000-8000-000000000001', '33333333-0000-4000-8000-000000000001', 'instagram', 15, 2.0, interval '1 hour'),
    ('aaaaaaaa-0000-4000-8000-000000000001', '44444444-0000-4000-8000-000000000001', 'instagram', 5, 4.0, interval '2 hours'),
    ('aaaaaaaa-0000-4000-8000-000000000001', '33333333-0000-4000-8000-000000000001', 'facebook', 7, 0, interval '1 hour'),
    ('aaaaaaaa-0000-4000-8000-000000000001', '33333333-0000-4000-8000-000000000001', 'instagram', 3, 0, interval '40 days'),
    ('bbbbbbbb-0000-4000-8000-000000000002', '33333333-0000-4000-8000-000000000002', 'instagram', 99, 0, interval '1 hour')
) as u (user_id, content_id, platform, likes, rate, ago);

select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select results_eq(
  $$
    select (now() at time zone 'utc')::date - day, platform::text, posts, likes, engagement_rate from social.engagement_over_time()
  $$,
  $$ values (1, 'instagram', 2::bigint, 20::bigint, 3.0000), (1, 'facebook', 1, 7, 0.0000) $$,
  'of each post, of the caller'
);
select results_eq(
  $$ select likes from social.engagement_over_time(90) order by day $$,
  $$ values (3::bigint), (20), (7) $$,
  'of more days'
);
select results_eq(
  $$ select likes from social.engagement_over_time(30, 'facebook') $$,
  $$ values (7::bigint) $$,
  'of one platform'
);
select throws_ok(
  $$ select * from social.engagement_over_time(0) $$,
  'PT400', 'limit_invalid', 'no day'
);
select throws_ok(
  $$ select * from social.engagement_over_time(366) $$,
  'PT400', 'limit_invalid', 'too many'
);
select throws_ok(
  $$ select * from social.engagement_over_time(null) $$,
  'PT400', 'limit_invalid', 'null'
);
select throws_ok(
  $$ select * from social.engagement_over_time(7, 'myspace') $$,
  'PT400', 'platform_unknown', 'an unknown platform'
);
select throws_ok(
  $$ select * from social.engagement_over_time(7, '') $$,
  'PT400', 'argument_missing', 'a blank platform'
);
select tests.authenticate_as_subject('auth0|nobody');
select throws_ok(
  $$ select * from social.engagement_over_time() $$,
  'PT403', 'not_signed_in', 'a token of nobody'
);
select tests.authenticate_as_anon();
select throws_ok(
  $$ select * from social.engagement_over_time() $$,
  '42501', null, 'anon'
);

select * from finish();
rollback;
