-- Without any filter by user: the policies are what an index answers.
begin;
select plan(25);

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

select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
do $do$
declare
  v_query record;
  v_line text;
  v_plan text;
begin
  for v_query in
    select *
    from (values
      ('conversations', $query$select * from social.conversations order by last_message_at desc limit 20$query$),
      ('conversations_of_an_account', $query$select * from social.conversations where social_account_id = '11111111-0000-4000-8000-000000000001' order by last_message_at desc limit 20$query$),
      ('messages', $query$select * from social.conversation_messages where conversation_id = '22222222-0000-4000-8000-000000000001' order by created_at desc limit 50$query$),
      ('messages_of_a_user', $query$select * from social.conversation_messages order by created_at desc limit 50$query$),
      ('decisions', $query$select * from social.ai_decisions order by created_at desc limit 50$query$),
      ('escalations', $query$select * from social.support_escalations where notified = false order by created_at desc$query$),
      ('escalations_is', $query$select * from social.support_escalations where notified is false order by created_at desc limit 20$query$),
      ('scheduled', $query$select * from social.scheduled_posts order by publish_at desc limit 20$query$),
      ('monitored', $query$select * from social.monitored_posts order by posted_at desc limit 20$query$),
      ('comments', $query$select * from social.comments order by created_at desc limit 50$query$),
      ('comments_of_a_post', $query$select * from social.comments where monitored_post_id = '33333333-0000-4000-8000-000000000001' order by created_at$query$),
      ('awaiting', $query$select * from social.comments where triage = 'respond' and replied_at is null order by created_at limit 50$query$),
      ('history', $query$select * from social.analytics_history order by recorded_at desc limit 50$query$),
      ('topics', $query$select * from social.topic_analysis order by analysis_date desc limit 50$query$),
      ('of_a_customer', $query$select * from social.conversations where social_account_id = '11111111-0000-4000-8000-000000000001' and customer_identifier = 'x'$query$),
      ('of_a_channel', $query$select * from social.scheduled_posts where channel_id = '11111111-0000-4000-8000-000000000002' order by publish_at desc limit 20$query$),
      ('thread', $query$select * from social.comments where monitored_post_id = '33333333-0000-4000-8000-000000000001' and parent_id = 'c1'$query$),
      ('decision_of_a_message', $query$select * from social.ai_decisions where message_id = '33333333-0000-4000-8000-000000000001'$query$),
      ('last_message', $query$select c.*, m.* from social.conversations as c
      left join lateral (
        select * from social.conversation_messages as m where m.conversation_id = c.id order by m.created_at desc limit 1
      ) as m on true order by c.last_message_at desc limit 20$query$)
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
select unalike(current_setting('tests.' || q.name), '%Seq Scan%', q.name || ' has an index')
from unnest(array[
  'conversations', 'conversations_of_an_account', 'messages', 'messages_of_a_user', 'decisions', 'escalations', 'escalations_is',
  'scheduled', 'monitored', 'comments', 'comments_of_a_post', 'awaiting', 'history', 'topics', 'of_a_customer', 'of_a_channel', 'thread', 'decision_of_a_message', 'last_message'
]) as q (name);
select unalike(current_setting('tests.' || q.name), '%Sort%', q.name || ' needs no sort')
from unnest(array['conversations', 'conversations_of_an_account', 'messages', 'messages_of_a_user', 'escalations', 'awaiting']) as q (name);

select * from finish();
rollback;
