begin;
select plan(7);

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

select tests.authenticate_as_service();
select lives_ok(
  $$
    insert into social.support_escalations (user_id, conversation_id, message, confidence, reason) values ('bbbbbbbb-0000-4000-8000-000000000002', '22222222-0000-4000-8000-000000000001', 'My lawyer', 0.2, 'legal_matter')
  $$,
  'an escalation'
);
select results_eq(
  $$ select id, ai_mode from social.conversations order by id $$,
  $$ values ('22222222-0000-4000-8000-000000000001'::uuid, 'OFF'), ('22222222-0000-4000-8000-000000000002', 'ON') $$,
  'the AI is silent there alone'
);
select results_eq(
  $$ select user_id, notified from social.support_escalations $$,
  $$ values ('aaaaaaaa-0000-4000-8000-000000000001'::uuid, false) $$,
  'it is the conversation''s user''s'
);
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select lives_ok(
  $$ update social.conversations set ai_mode = 'ON' $$,
  'its user turns it on again'
);
select tests.authenticate_as_service();
select lives_ok(
  $$
    insert into social.support_escalations (conversation_id, message, reason) values ('22222222-0000-4000-8000-000000000001', 'Again', 'complex_issue'), ('22222222-0000-4000-8000-000000000002', 'A person!', 'human_requested')
  $$,
  'several at once'
);
select results_eq(
  $$ select ai_mode from social.conversations $$,
  $$ values ('OFF'), ('OFF') $$,
  'of several conversations'
);
select throws_ok(
  $$
    insert into social.support_escalations (conversation_id, message, reason) values (gen_random_uuid(), 'x', 'complex_issue')
  $$,
  'PT404', 'conversation_not_found', 'of none'
);

select * from finish();
rollback;
