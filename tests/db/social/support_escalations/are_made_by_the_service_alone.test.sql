begin;
select plan(5);

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
insert into social.support_escalations (conversation_id, message, reason) values ('22222222-0000-4000-8000-000000000001', 'x', 'complex_issue'), ('22222222-0000-4000-8000-000000000002', 'y', 'complex_issue');

select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select results_eq(
  $$ select message from social.support_escalations $$,
  $$ values ('x') $$,
  'users read their own'
);
select throws_ok(
  $$
    insert into social.support_escalations (conversation_id, message, reason) values ('22222222-0000-4000-8000-000000000001', 'x', 'complex_issue')
  $$,
  '42501', null, 'make none'
);
select throws_ok(
  $$ update social.support_escalations set notified = true $$,
  '42501', null, 'do not say that an email was sent'
);
select throws_ok(
  $$ delete from social.support_escalations $$,
  '42501', null, 'delete none'
);
select tests.authenticate_as_anon();
select throws_ok(
  $$ select * from social.support_escalations $$,
  '42501', null, 'anon reads none'
);

select * from finish();
rollback;
