begin;
select plan(9);

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
alter table social.analytics disable trigger user;
insert into social.analytics (user_id, content_id, platform, recorded_at) select p.user_id, p.id, 'instagram', p.at from people as p;
update social.conversation_messages set status = 'read';
analyze social.analytics, social.conversation_messages;

select tests.authenticate_as_service();
do $do$
declare
  v_query record;
  v_line text;
  v_plan text;
begin
  for v_query in
    select *
    from (values
      ('webhook', $query$select * from social.social_accounts where platform = 'instagram' and account_id = '7' and verified_at is not null$query$),
      ('unnotified', $query$select * from social.support_escalations where not notified order by created_at limit 20$query$),
      ('due_posts', $query$select * from social.scheduled_posts where status = 'queued' and publish_at <= now() order by publish_at limit 20$query$),
      ('due_polls', $query$select * from social.monitored_posts where monitoring_enabled and next_check_at <= now() order by next_check_at limit 20$query$),
      ('due_checks', $query$select * from social.scheduled_posts where next_check_at <= now() order by next_check_at limit 20$query$),
      ('unread', $query$select id from social.conversation_messages where conversation_id = '22222222-0000-4000-8000-000000000001' and direction = 'inbound' and status <> 'read'$query$),
      ('analytics_of_a_post', $query$select * from social.analytics where content_id = '33333333-0000-4000-8000-000000000001' order by recorded_at desc limit 1$query$),
      ('history_of_a_post', $query$select * from social.analytics_history where content_id = '33333333-0000-4000-8000-000000000001' order by recorded_at desc limit 20$query$),
      ('by_external_id', $query$select * from social.conversation_messages where external_message_id = 'x'$query$)
    ) as q (name, query)
  loop
    v_plan := '';
    for v_line in execute 'explain (costs off) ' || v_query.query loop
      v_plan := v_plan || v_line || e'\n';
    end loop;
    perform set_config('tests.' || v_query.name, v_plan, true);
  end loop;
end;
$do$;
select alike(current_setting('tests.' || q.name), '%' || q.index || '%', q.name)
from (
  values
    ('webhook', 'social_accounts_account_id_idx'),
    ('unnotified', 'support_escalations_created_at_idx'),
    ('due_posts', 'scheduled_posts_publish_at_idx'),
    ('due_polls', 'monitored_posts_next_check_at_idx'),
    ('due_checks', 'scheduled_posts_next_check_at_idx'),
    ('unread', 'conversation_messages_unread_idx'),
    ('analytics_of_a_post', 'analytics_content_id_idx'),
    ('history_of_a_post', 'analytics_history_content_id_idx'),
    ('by_external_id', 'conversation_messages_external_message_id_key')
) as q (name, index);

select * from finish();
rollback;
