begin;
select plan(14);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
insert into social.social_accounts (id, user_id, platform, account_id, display_name)
values
  ('11111111-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'instagram', 'ig-ann', 'Ann''s shop'),
  ('11111111-0000-4000-8000-000000000002', 'bbbbbbbb-0000-4000-8000-000000000002', 'instagram', 'ig-bob', 'Bob''s shop');

select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select lives_ok(
  $$ insert into social.monitoring_rules default values $$,
  'without a word'
);
select results_eq(
  $$
    select user_id, social_account_id, auto_monitor_enabled, auto_monitor_count, monitoring_duration_days from social.monitoring_rules
  $$,
  $$ values ('aaaaaaaa-0000-4000-8000-000000000001'::uuid, null::uuid, true, 5, 7) $$,
  'the document''s defaults'
);
select throws_ok(
  $$ insert into social.monitoring_rules default values $$,
  '23505', null, 'one for the rest'
);
select lives_ok(
  $$
    insert into social.monitoring_rules (user_id, social_account_id, auto_monitor_count) values ('aaaaaaaa-0000-4000-8000-000000000001', null, 9)
    on conflict (user_id, social_account_id) do update
    set user_id = excluded.user_id, social_account_id = excluded.social_account_id, auto_monitor_count = excluded.auto_monitor_count
  $$,
  'an upsert finds it'
);
select results_eq(
  $$ select auto_monitor_count from social.monitoring_rules $$,
  $$ values (9) $$,
  'and changes it'
);
select lives_ok(
  $$
    insert into social.monitoring_rules (user_id, social_account_id, auto_monitor_count) values ('aaaaaaaa-0000-4000-8000-000000000001', '11111111-0000-4000-8000-000000000001', 3)
    on conflict (user_id, social_account_id) do update
    set user_id = excluded.user_id, social_account_id = excluded.social_account_id, auto_monitor_count = excluded.auto_monitor_count
  $$,
  'one for an account'
);
select lives_ok(
  $$
    insert into social.monitoring_rules (user_id, social_account_id, auto_monitor_count) values ('aaaaaaaa-0000-4000-8000-000000000001', '11111111-0000-4000-8000-000000000001', 4)
    on conflict (user_id, social_account_id) do update
    set user_id = excluded.user_id, social_account_id = excluded.social_account_id, auto_monitor_count = excluded.auto_monitor_count
  $$,
  'that is found too'
);
select throws_ok(
  $$
    insert into social.monitoring_rules (user_id, social_account_id, auto_monitor_count) values ('aaaaaaaa-0000-4000-8000-000000000001', '11111111-0000-4000-8000-000000000002', 3)
    on conflict (user_id, social_account_id) do update
    set user_id = excluded.user_id, social_account_id = excluded.social_account_id, auto_monitor_count = excluded.auto_monitor_count
  $$,
  'PT404', 'social_account_not_found', 'not for another''s'
);
select throws_ok(
  $$
    insert into social.monitoring_rules (user_id, social_account_id, auto_monitor_count) values ('bbbbbbbb-0000-4000-8000-000000000002', null, 3)
    on conflict (user_id, social_account_id) do update
    set user_id = excluded.user_id, social_account_id = excluded.social_account_id, auto_monitor_count = excluded.auto_monitor_count
  $$,
  '42501', null, 'nor for another'
);
select results_eq(
  $$ select count(*) from social.monitoring_rules $$,
  $$ values (2::bigint) $$,
  'two rules'
);
select lives_ok(
  $$ delete from social.social_accounts $$,
  'an account goes'
);
select results_eq(
  $$ select social_account_id from social.monitoring_rules $$,
  $$ values (null::uuid) $$,
  'with its rule'
);
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select is_empty(
  $$ select 1 from social.monitoring_rules $$,
  'others read none'
);
select tests.authenticate_as_anon();
select throws_ok(
  $$ select * from social.monitoring_rules $$,
  '42501', null, 'anon reads none'
);

select * from finish();
rollback;
