begin;
select plan(6);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
insert into social.social_accounts (id, user_id, platform, account_id, display_name)
values
  ('11111111-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'instagram', 'ig-ann', 'Ann''s shop'),
  ('11111111-0000-4000-8000-000000000002', 'bbbbbbbb-0000-4000-8000-000000000002', 'instagram', 'ig-bob', 'Bob''s shop');
insert into social.monitoring_rules (user_id) values ('aaaaaaaa-0000-4000-8000-000000000001'), ('bbbbbbbb-0000-4000-8000-000000000002');

select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select lives_ok(
  $$ update social.monitoring_rules set auto_monitor_count = 9 $$,
  'one''s own changes'
);
select throws_ok(
  $$ update social.monitoring_rules set user_id = 'bbbbbbbb-0000-4000-8000-000000000002', social_account_id = null $$,
  '42501', null, 'and is not given away'
);
select lives_ok(
  $$ delete from social.monitoring_rules $$,
  'it can go'
);
select is_empty(
  $$ select 1 from social.monitoring_rules $$,
  'and is gone'
);
select tests.clear_authentication();
select results_eq(
  $$ select user_id, auto_monitor_count from social.monitoring_rules $$,
  $$ values ('bbbbbbbb-0000-4000-8000-000000000002'::uuid, 5) $$,
  'another''s is as it was'
);
select tests.authenticate_as_anon();
select throws_ok(
  $$ insert into social.monitoring_rules default values $$,
  '42501', null, 'anon writes none'
);

select * from finish();
rollback;
