begin;
select plan(10);

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
    insert into social.support_escalations (conversation_id, message, reason) values ('22222222-0000-4000-8000-000000000001', 'x', 'urgent_request')
  $$,
  'urgent_request'
);
select lives_ok(
  $$
    insert into social.support_escalations (conversation_id, message, reason) values ('22222222-0000-4000-8000-000000000001', 'x', 'human_requested')
  $$,
  'human_requested'
);
select lives_ok(
  $$
    insert into social.support_escalations (conversation_id, message, reason) values ('22222222-0000-4000-8000-000000000001', 'x', 'legal_matter')
  $$,
  'legal_matter'
);
select lives_ok(
  $$
    insert into social.support_escalations (conversation_id, message, reason) values ('22222222-0000-4000-8000-000000000001', 'x', 'ai_limitation')
  $$,
  'ai_limitation'
);
select lives_ok(
  $$
    insert into social.support_escalations (conversation_id, message, reason) values ('22222222-0000-4000-8000-000000000001', 'x', 'complex_issue')
  $$,
  'complex_issue'
);
select throws_ok(
  $$
    insert into social.support_escalations (conversation_id, message, reason) values ('22222222-0000-4000-8000-000000000001', 'x', 'boredom')
  $$,
  '23514', null, 'no other'
);
select throws_ok(
  $$ update social.support_escalations set confidence = 1.1 $$,
  '23514', null, 'confidence is at most 1'
);
select throws_ok(
  $$ update social.support_escalations set confidence = 'NaN' $$,
  '23514', null, 'and a number'
);
select throws_ok(
  $$ update social.support_escalations set confidence = -0.1 $$,
  '23514', null, 'from 0'
);
select throws_ok(
  $$ update social.support_escalations set message = repeat('x', 20001) $$,
  '23514', null, 'a long message'
);

select * from finish();
rollback;
