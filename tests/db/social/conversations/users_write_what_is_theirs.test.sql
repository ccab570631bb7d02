begin;
select plan(6);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
insert into social.social_accounts (id, user_id, platform, account_id, display_name)
values
  ('11111111-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'instagram', 'ig-ann', 'Ann''s shop'),
  ('11111111-0000-4000-8000-000000000002', 'bbbbbbbb-0000-4000-8000-000000000002', 'instagram', 'ig-bob', 'Bob''s shop');
insert into social.conversations (id, social_account_id, customer_identifier)
values
  ('22222222-0000-4000-8000-000000000001', '11111111-0000-4000-8000-000000000001', 'customer-1'),
  ('22222222-0000-4000-8000-000000000002', '11111111-0000-4000-8000-000000000002', 'customer-1');

select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select lives_ok(
  $$
    update social.conversations
    set customer_name = 'Cleo', status = 'pending', priority = 'urgent', assigned_to = 'aaaaaaaa-0000-4000-8000-000000000001', tags = '{vip}',
      ai_mode = 'OFF', automation_disabled = true, metadata = '{"note": 1}'
  $$,
  'the document''s columns'
);
select throws_ok(
  $$ update social.conversations set user_id = 'bbbbbbbb-0000-4000-8000-000000000002' $$,
  '42501', null, 'not the user'
);
select throws_ok(
  $$ update social.conversations set last_message_at = now() $$,
  '42501', null, 'not what is counted'
);
update social.conversations set status = 'closed' where id = '22222222-0000-4000-8000-000000000002';
delete from social.conversations where id = '22222222-0000-4000-8000-000000000002';
select tests.clear_authentication();
select results_eq(
  $$ select status from social.conversations where id = '22222222-0000-4000-8000-000000000002' $$,
  $$ values ('open') $$,
  'another''s stays as it was'
);
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select lives_ok(
  $$ delete from social.conversations $$,
  'one''s own can go'
);
select tests.clear_authentication();
select results_eq(
  $$ select id from social.conversations $$,
  $$ values ('22222222-0000-4000-8000-000000000002'::uuid) $$,
  'alone'
);

select * from finish();
rollback;
