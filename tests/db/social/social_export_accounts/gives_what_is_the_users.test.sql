begin;
select plan(18);

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
select private.set_setting('token_key', 'a secret of the installation');
select private.social_set_account_tokens(a.id, 'secret', null, null) from social.social_accounts as a;
insert into social.ai_settings (user_id) values ('aaaaaaaa-0000-4000-8000-000000000001'), ('bbbbbbbb-0000-4000-8000-000000000002');
insert into social.conversation_messages (conversation_id, direction, content) values ('22222222-0000-4000-8000-000000000001', 'inbound', 'Hi'), ('22222222-0000-4000-8000-000000000002', 'inbound', 'Hi');
insert into social.ai_decisions (user_id, decision, confidence) values ('aaaaaaaa-0000-4000-8000-000000000001', 'respond', 1), ('bbbbbbbb-0000-4000-8000-000000000002', 'respond', 1);
insert into social.support_escalations (conversation_id, message, reason) values ('22222222-0000-4000-8000-000000000001', 'x', 'complex_issue'), ('22222222-0000-4000-8000-000000000002', 'x', 'complex_issue');
insert into social.scheduled_posts (id, channel_id, content_json, publish_at)
values ('44444444-0000-4000-8000-000000000001', '11111111-0000-4000-8000-000000000001', '{"text": "x"}', now()), ('44444444-0000-4000-8000-000000000002', '11111111-0000-4000-8000-000000000002', '{"text": "x"}', now());
update social.scheduled_posts set status = 'publishing';
insert into social.post_runs (scheduled_post_id) values ('44444444-0000-4000-8000-000000000001'), ('44444444-0000-4000-8000-000000000002');
insert into social.monitored_posts (id, social_account_id, platform_post_id) values ('33333333-0000-4000-8000-000000000001', '11111111-0000-4000-8000-000000000001', 'm'), ('33333333-0000-4000-8000-000000000002', '11111111-0000-4000-8000-000000000002', 'm');
insert into social.monitoring_rules (user_id) values ('aaaaaaaa-0000-4000-8000-000000000001'), ('bbbbbbbb-0000-4000-8000-000000000002');
insert into social.comments (monitored_post_id, platform_comment_id, text) values ('33333333-0000-4000-8000-000000000001', 'c', 'x'), ('33333333-0000-4000-8000-000000000002', 'c', 'x');
insert into social.analytics (content_id, platform) values ('33333333-0000-4000-8000-000000000001', 'instagram'), ('33333333-0000-4000-8000-000000000002', 'instagram');
insert into social.topic_analysis (user_id, topic_id) values ('aaaaaaaa-0000-4000-8000-000000000001', 1), ('bbbbbbbb-0000-4000-8000-000000000002', 1);
insert into social.bertopic_models (user_id, model_version, storage_path)
values ('aaaaaaaa-0000-4000-8000-000000000001', '20260101_000000', 'x'), ('bbbbbbbb-0000-4000-8000-000000000002', '20260101_000000', 'x');

select is(
  (select jsonb_agg(distinct r ->> 'user_id') from jsonb_array_elements(private.social_export_accounts('aaaaaaaa-0000-4000-8000-000000000001') -> ('social.' || t.name)) as r),
  '["aaaaaaaa-0000-4000-8000-000000000001"]', t.name
)
from unnest(array[
  'ai_settings', 'social_accounts', 'conversations', 'conversation_messages', 'ai_decisions',
  'support_escalations', 'scheduled_posts', 'post_runs', 'monitored_posts', 'monitoring_rules',
  'comments', 'analytics', 'analytics_history', 'topic_analysis', 'bertopic_models'
]) as t (name);
select is(
  private.social_export_accounts('aaaaaaaa-0000-4000-8000-000000000001')::text like '%secret%',
  false,
  'without tokens'
);
select is(
  private.social_export_accounts(gen_random_uuid()) -> 'social.comments',
  '[]'::jsonb,
  'none is an empty list'
);
select isnt_empty(
  $$ select 1 from private.export_handlers where handler = 'private.social_export_accounts' $$,
  'it is registered'
);

select * from finish();
rollback;
