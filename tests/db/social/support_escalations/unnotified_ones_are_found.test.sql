begin;
select plan(3);

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
insert into social.support_escalations (conversation_id, message, reason, notified) values ('22222222-0000-4000-8000-000000000001', 'new', 'complex_issue', false), ('22222222-0000-4000-8000-000000000001', 'old', 'complex_issue', true), ('22222222-0000-4000-8000-000000000002', 'bob', 'complex_issue', false);

select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select results_eq(
  $$ select message from social.support_escalations where notified = false order by created_at desc $$,
  $$ values ('new') $$,
  'by their user'
);
select tests.authenticate_as_service();
select set_eq(
  $$ select message from social.support_escalations where notified = false $$,
  $$ values ('new'), ('bob') $$,
  'by the service, of all'
);
select lives_ok(
  $$ update social.support_escalations set notified = true where message = 'new' $$,
  'which sends the email'
);

select * from finish();
rollback;
