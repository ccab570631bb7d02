begin;
select plan(5);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
insert into social.social_accounts (id, user_id, platform, account_id, display_name)
values
  ('11111111-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'instagram', 'ig-ann', 'Ann''s shop'),
  ('11111111-0000-4000-8000-000000000002', 'bbbbbbbb-0000-4000-8000-000000000002', 'instagram', 'ig-bob', 'Bob''s shop');
insert into social.monitoring_rules (user_id) values ('aaaaaaaa-0000-4000-8000-000000000001');

select tests.authenticate_as_subject('auth0|nobody');
select throws_ok(
  $$ insert into social.monitoring_rules (social_account_id) values ('11111111-0000-4000-8000-000000000001') $$,
  '42501', null, 'no insert'
);
select throws_ok(
  $$ insert into social.monitoring_rules (user_id) values ('bbbbbbbb-0000-4000-8000-000000000002') $$,
  '42501', null, 'for nobody else'
);
select lives_ok(
  $$ update social.monitoring_rules set auto_monitor_count = 9 $$,
  'an update'
);
select lives_ok(
  $$ delete from social.monitoring_rules $$,
  'and a delete'
);
select tests.clear_authentication();
select results_eq(
  $$ select auto_monitor_count from social.monitoring_rules $$,
  $$ values (5) $$,
  'find nothing'
);

select * from finish();
rollback;
