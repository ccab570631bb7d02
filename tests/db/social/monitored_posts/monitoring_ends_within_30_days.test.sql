begin;
select plan(6);

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
select throws_ok(
  $$ update social.monitored_posts set monitoring_enabled = true, monitoring_ends_at = now() + interval '31 days' $$,
  '23514', null, 'a longer one'
);
select throws_ok(
  $$ update social.monitored_posts set monitoring_enabled = true, monitoring_ends_at = now() - interval '1 day' $$,
  '23514', null, 'one that is over'
);
select throws_ok(
  $$ update social.monitored_posts set monitoring_enabled = true, monitoring_ends_at = 'infinity' $$,
  '23514', null, 'one without end'
);
select lives_ok(
  $$ update social.monitored_posts set monitoring_enabled = true, monitoring_ends_at = now() + interval '30 days' $$,
  'a month'
);
select throws_ok(
  $$ update social.monitored_posts set monitoring_ends_at = null $$,
  '23514', null, 'an end is needed'
);
select throws_ok(
  $$ update social.monitored_posts set monitoring_started_at = now() $$,
  '42501', null, 'the start is when it was'
);

select * from finish();
rollback;
