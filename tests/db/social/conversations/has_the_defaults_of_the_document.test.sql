begin;
select plan(1);

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
select results_eq(
  $$
    select status, priority, ai_mode, automation_disabled, unread_count, last_message_at, metadata from social.conversations
  $$,
  $$ values ('open', 'normal', 'ON', false, 0, null::timestamptz, '{}'::jsonb) $$,
  'of a new one'
);

select * from finish();
rollback;
