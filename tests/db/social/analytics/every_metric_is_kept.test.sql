begin;
select plan(2);

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
insert into social.analytics (content_id, platform) values ('33333333-0000-4000-8000-000000000001', 'instagram');

select tests.authenticate_as_service();
update social.analytics set likes = 2;
update social.analytics set shares = 3;
update social.analytics set comments = 4;
update social.analytics set impressions = 5;
update social.analytics set reach = 6;
update social.analytics set engagement_rate = 7;
update social.analytics set clicks = 8;
update social.analytics set conversions = 9;
select results_eq(
  $$ select count(*) from social.analytics_history $$,
  $$ values (9::bigint) $$,
  'a snapshot each'
);
select isnt_empty(
  $$
    select 1 from social.analytics_history where (likes, shares, comments, impressions, reach, engagement_rate, clicks, conversions) = (2, 3, 4, 5, 6, 7, 8, 9)
  $$,
  'the last has them all'
);

select * from finish();
rollback;
