begin;
select plan(14);

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
insert into social.ai_settings (user_id) values ('aaaaaaaa-0000-4000-8000-000000000001');
insert into social.conversation_messages (conversation_id, direction) values ('22222222-0000-4000-8000-000000000001', 'outbound');
insert into social.ai_decisions (user_id, decision, confidence) values ('aaaaaaaa-0000-4000-8000-000000000001', 'respond', 1);
insert into social.support_escalations (conversation_id, message, reason) values ('22222222-0000-4000-8000-000000000001', 'x', 'complex_issue');
insert into social.scheduled_posts (id, channel_id, content_json, publish_at) values ('44444444-0000-4000-8000-000000000001', '11111111-0000-4000-8000-000000000001', '{"text": "x"}', now());
insert into social.post_runs (scheduled_post_id) values ('44444444-0000-4000-8000-000000000001');
insert into social.monitored_posts (id, social_account_id, platform_post_id) values ('33333333-0000-4000-8000-000000000001', '11111111-0000-4000-8000-000000000001', 'm');
insert into social.monitoring_rules (user_id) values ('aaaaaaaa-0000-4000-8000-000000000001');
insert into social.comments (monitored_post_id, platform_comment_id, text) values ('33333333-0000-4000-8000-000000000001', 'c', 'x');
insert into social.analytics (content_id, platform) values ('33333333-0000-4000-8000-000000000001', 'instagram');
insert into social.topic_analysis (user_id, topic_id) values ('aaaaaaaa-0000-4000-8000-000000000001', 1);
insert into social.bertopic_models (user_id, model_version, storage_path) values ('aaaaaaaa-0000-4000-8000-000000000001', '20260101_000000', 'x');

update social.ai_settings set updated_at = '2000-01-01';
update social.social_accounts set updated_at = '2000-01-01';
update social.conversations set updated_at = '2000-01-01';
update social.conversation_messages set updated_at = '2000-01-01';
update social.ai_decisions set updated_at = '2000-01-01';
update social.support_escalations set updated_at = '2000-01-01';
update social.scheduled_posts set updated_at = '2000-01-01';
update social.post_runs set updated_at = '2000-01-01';
update social.monitored_posts set updated_at = '2000-01-01';
update social.monitoring_rules set updated_at = '2000-01-01';
update social.comments set updated_at = '2000-01-01';
update social.analytics set updated_at = '2000-01-01';
update social.topic_analysis set updated_at = '2000-01-01';
update social.bertopic_models set updated_at = '2000-01-01';

select is_empty(
  $$ select 1 from social.ai_settings where updated_at <> now() $$,
  'ai_settings'
);
select is_empty(
  $$ select 1 from social.social_accounts where updated_at <> now() $$,
  'social_accounts'
);
select is_empty(
  $$ select 1 from social.conversations where updated_at <> now() $$,
  'conversations'
);
select is_empty(
  $$ select 1 from social.conversation_messages where updated_at <> now() $$,
  'conversation_messages'
);
select is_empty(
  $$ select 1 from social.ai_decisions where updated_at <> now() $$,
  'ai_decisions'
);
select is_empty(
  $$ select 1 from social.support_escalations where updated_at <> now() $$,
  'support_escalations'
);
select is_empty(
  $$ select 1 from social.scheduled_posts where updated_at <> now() $$,
  'scheduled_posts'
);
select is_empty(
  $$ select 1 from social.post_runs where updated_at <> now() $$,
  'post_runs'
);
select is_empty(
  $$ select 1 from social.monitored_posts where updated_at <> now() $$,
  'monitored_posts'
);
select is_empty(
  $$ select 1 from social.monitoring_rules where updated_at <> now() $$,
  'monitoring_rules'
);
select is_empty(
  $$ select 1 from social.comments where updated_at <> now() $$,
  'comments'
);
select is_empty(
  $$ select 1 from social.analytics where updated_at <> now() $$,
  'analytics'
);
select is_empty(
  $$ select 1 from social.topic_analysis where updated_at <> now() $$,
  'topic_analysis'
);
select is_empty(
  $$ select 1 from social.bertopic_models where updated_at <> now() $$,
  'bertopic_models'
);

select * from finish();
rollback;
