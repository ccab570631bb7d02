begin;
select plan(1);


select set_eq(
  $$
    select t.relname::text, a.attname::text, r.relname::text as target, f.confdeltype::text
    from pg_constraint as f
    join pg_class as t on t.oid = f.conrelid
    join pg_class as r on r.oid = f.confrelid
    join pg_attribute as a on a.attrelid = t.oid and a.attnum = f.conkey[1]
    where f.contype = 'f' and t.relnamespace = 'social'::regnamespace and t.relname in (
      'ai_settings', 'social_accounts', 'conversations', 'conversation_messages', 'ai_decisions', 'support_escalations', 'scheduled_posts', 'post_runs',
      'monitored_posts', 'monitoring_rules', 'comments', 'analytics', 'analytics_history', 'topic_analysis', 'bertopic_models'
    )
  $$,
  $$
    values
      ('ai_settings', 'user_id', 'profiles', 'a'),
      ('social_accounts', 'user_id', 'profiles', 'a'),
      ('conversations', 'user_id', 'profiles', 'a'),
      ('conversation_messages', 'user_id', 'profiles', 'a'),
      ('ai_decisions', 'user_id', 'profiles', 'a'),
      ('support_escalations', 'user_id', 'profiles', 'a'),
      ('scheduled_posts', 'user_id', 'profiles', 'a'),
      ('post_runs', 'user_id', 'profiles', 'a'),
      ('monitored_posts', 'user_id', 'profiles', 'a'),
      ('monitoring_rules', 'user_id', 'profiles', 'a'),
      ('comments', 'user_id', 'profiles', 'a'),
      ('analytics', 'user_id', 'profiles', 'a'),
      ('analytics_history', 'user_id', 'profiles', 'a'),
      ('topic_analysis', 'user_id', 'profiles', 'a'),
      ('bertopic_models', 'user_id', 'profiles', 'a'),
      ('conversations', 'assigned_to', 'profiles', 'a'),
      ('conversation_messages', 'agent_id', 'profiles', 'a'),
      ('conversations', 'social_account_id', 'social_accounts', 'c'),
      ('conversation_messages', 'conversation_id', 'conversations', 'c'),
      ('conversation_messages', 'reply_to_message_id', 'conversation_messages', 'n'),
      ('support_escalations', 'conversation_id', 'conversations', 'c'),
      ('scheduled_posts', 'channel_id', 'social_accounts', 'c'),
      ('post_runs', 'scheduled_post_id', 'scheduled_posts', 'c'),
      ('monitored_posts', 'social_account_id', 'social_accounts', 'c'),
      ('monitoring_rules', 'social_account_id', 'social_accounts', 'c'),
      ('comments', 'post_id', 'scheduled_posts', 'c'),
      ('comments', 'monitored_post_id', 'monitored_posts', 'c'),
      ('comments', 'ai_decision_id', 'ai_decisions', 'n')
  $$,
  'with what happens when it goes: a nothing, c along, n to null'
);

select * from finish();
rollback;
