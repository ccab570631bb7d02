begin;
select plan(16);

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
  $$ select monitoring_started_at, monitoring_ends_at, next_check_at from social.monitored_posts $$,
  $$ values (null::timestamptz, null::timestamptz, null::timestamptz) $$,
  'nothing before'
);
select lives_ok(
  $$ update social.monitored_posts set monitoring_enabled = true $$,
  'turned on'
);
select results_eq(
  $$ select monitoring_started_at, monitoring_ends_at, next_check_at from social.monitored_posts $$,
  $$ values (now(), now() + interval '7 days', now() + interval '5 minutes') $$,
  'for 7 days'
);
select lives_ok(
  $$ update social.monitored_posts set monitoring_enabled = false $$,
  'turned off'
);
select results_eq(
  $$ select next_check_at from social.monitored_posts $$,
  $$ values (null::timestamptz) $$,
  'nothing is due'
);
insert into social.monitoring_rules (monitoring_duration_days) values (3);
select lives_ok(
  $$ update social.monitored_posts set monitoring_enabled = true $$,
  'with a rule'
);
select results_eq(
  $$ select monitoring_ends_at from social.monitored_posts $$,
  $$ values (now() + interval '3 days') $$,
  'the rule''s days, also the second time'
);
update social.monitored_posts set monitoring_enabled = false;
insert into social.monitoring_rules (social_account_id, monitoring_duration_days) values ('11111111-0000-4000-8000-000000000001', 12);
select lives_ok(
  $$ update social.monitored_posts set monitoring_enabled = true $$,
  'with a rule of the account'
);
select results_eq(
  $$ select monitoring_ends_at from social.monitored_posts $$,
  $$ values (now() + interval '12 days') $$,
  'the account''s days'
);
update social.monitored_posts set monitoring_enabled = false;
select lives_ok(
  $$ update social.monitored_posts set monitoring_enabled = true, monitoring_ends_at = now() + interval '2 days' $$,
  'with an end'
);
select results_eq(
  $$ select monitoring_ends_at from social.monitored_posts $$,
  $$ values (now() + interval '2 days') $$,
  'that end'
);
select lives_ok(
  $$ update social.monitored_posts set monitoring_ends_at = now() + interval '4 days' $$,
  'it can be moved'
);
select lives_ok(
  $$ update social.monitored_posts set monitoring_enabled = true $$,
  'on again'
);
select results_eq(
  $$ select monitoring_ends_at from social.monitored_posts $$,
  $$ values (now() + interval '4 days') $$,
  'changes nothing'
);
select lives_ok(
  $$
    insert into social.monitored_posts (social_account_id, platform_post_id, monitoring_enabled) values ('11111111-0000-4000-8000-000000000001', 'media-2', true)
  $$,
  'from the start'
);
select results_eq(
  $$ select monitoring_ends_at from social.monitored_posts where platform_post_id = 'media-2' $$,
  $$ values (now() + interval '12 days') $$,
  'it has an end too'
);

select * from finish();
rollback;
