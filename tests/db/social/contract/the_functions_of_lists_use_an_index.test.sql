begin;
select plan(12);

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
-- 20,000 rows of neighbours and 100 of Ann, without the cost of their triggers.
alter table social.social_accounts disable trigger user;
alter table social.conversations disable trigger user;
alter table social.conversation_messages disable trigger user;
alter table social.support_escalations disable trigger user;
alter table social.scheduled_posts disable trigger user;
alter table social.monitored_posts disable trigger user;
alter table social.comments disable trigger user;
create temporary table people as
select i, case when i <= 100 then 'aaaaaaaa-0000-4000-8000-000000000001'::uuid else 'bbbbbbbb-0000-4000-8000-000000000002'::uuid end as user_id,
  case when i <= 100 then '11111111-0000-4000-8000-000000000001'::uuid else '11111111-0000-4000-8000-000000000002'::uuid end as account_id,
  gen_random_uuid() as id, now() - i * interval '1 minute' as at
from generate_series(1, 20000) as i;
insert into social.social_accounts (user_id, platform, account_id, verified_at)
select p.user_id, 'instagram', p.i::text, p.at from people as p;
insert into social.conversations (id, user_id, social_account_id, customer_identifier, last_message_at)
select p.id, p.user_id, p.account_id, 'customer', p.at from people as p;
insert into social.conversation_messages (user_id, conversation_id, direction, created_at)
select p.user_id, p.id, 'inbound', p.at from people as p;
insert into social.ai_decisions (user_id, decision, confidence, created_at)
select p.user_id, 'respond', 1, p.at from people as p;
insert into social.support_escalations (user_id, conversation_id, message, reason, created_at)
select p.user_id, p.id, 'x', 'complex_issue', p.at from people as p;
insert into social.scheduled_posts (user_id, channel_id, platform, content_json, publish_at)
select p.user_id, p.account_id, 'instagram', '{"text": "x"}', p.at from people as p;
insert into social.monitored_posts (id, user_id, social_account_id, platform, platform_post_id, posted_at)
select p.id, p.user_id, p.account_id, 'instagram', p.i::text, p.at from people as p;
insert into social.comments (user_id, monitored_post_id, platform_comment_id, text, triage, created_at)
select p.user_id, p.id, 'c', 'x', 'respond', p.at from people as p;
insert into social.analytics_history (user_id, content_id, platform, recorded_at)
select p.user_id, p.id, 'instagram', p.at from people as p;
insert into social.topic_analysis (user_id, topic_id, analysis_date)
select p.user_id, 1, p.at::date from people as p;
analyze social.social_accounts, social.conversations, social.conversation_messages, social.ai_decisions, social.support_escalations,
  social.scheduled_posts, social.monitored_posts, social.comments, social.analytics_history, social.topic_analysis;

create temporary table scans as
select t.name, pg_stat_get_xact_numscans(format('social.%I', t.name)::regclass) as before
from unnest(array['conversations', 'conversation_messages', 'ai_decisions', 'monitored_posts', 'comments', 'analytics_history', 'topic_analysis']) as t (name);
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select isnt_empty(
  $$ select * from social.conversations_with_last_message() $$,
  'conversations with last message'
);
select isnt_empty(
  $$ select * from social.posts_with_comment_counts() $$,
  'posts with comment counts'
);
select isnt_empty(
  $$ select * from social.decision_statistics() $$,
  'decision statistics'
);
select isnt_empty(
  $$ select * from social.engagement_over_time() $$,
  'engagement over time'
);
select isnt_empty(
  $$ select * from social.top_topics() $$,
  'top topics'
);
select tests.clear_authentication();
select is(
  pg_stat_get_xact_numscans(format('social.%I', s.name)::regclass), s.before, s.name || ' is not scanned'
)
from scans as s;

select * from finish();
rollback;
