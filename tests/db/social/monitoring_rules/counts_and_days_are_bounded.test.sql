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
insert into social.monitoring_rules default values;
select throws_ok(
  $$ update social.monitoring_rules set auto_monitor_count = 0 $$,
  '23514', null, 'auto_monitor_count = 0'
);
select throws_ok(
  $$ update social.monitoring_rules set auto_monitor_count = 21 $$,
  '23514', null, 'auto_monitor_count = 21'
);
select throws_ok(
  $$ update social.monitoring_rules set monitoring_duration_days = 0 $$,
  '23514', null, 'monitoring_duration_days = 0'
);
select throws_ok(
  $$ update social.monitoring_rules set monitoring_duration_days = 31 $$,
  '23514', null, 'monitoring_duration_days = 31'
);
select lives_ok(
  $$ update social.monitoring_rules set auto_monitor_count = 1, monitoring_duration_days = 1 $$,
  'auto_monitor_count = 1, monitoring_duration_days = 1'
);
select lives_ok(
  $$ update social.monitoring_rules set auto_monitor_count = 20, monitoring_duration_days = 30 $$,
  'auto_monitor_count = 20, monitoring_duration_days = 30'
);

select * from finish();
rollback;
