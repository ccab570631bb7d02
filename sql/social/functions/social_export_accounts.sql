-- What a user has on their accounts: table to rows. Tokens are not theirs to read.
create function private.social_export_accounts(p_user_id uuid)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return jsonb_build_object(
    'social.ai_settings', (
      select coalesce(jsonb_agg(to_jsonb(t) order by t.created_at, t.id), '[]')
      from social.ai_settings as t where t.user_id = p_user_id
    ),
    'social.social_accounts', (
      select coalesce(jsonb_agg(to_jsonb(t) order by t.created_at, t.id), '[]')
      from social.social_accounts as t where t.user_id = p_user_id
    ),
    'social.conversations', (
      select coalesce(jsonb_agg(to_jsonb(t) order by t.created_at, t.id), '[]')
      from social.conversations as t where t.user_id = p_user_id
    ),
    'social.conversation_messages', (
      select coalesce(jsonb_agg(to_jsonb(t) order by t.created_at, t.id), '[]')
      from social.conversation_messages as t where t.user_id = p_user_id
    ),
    'social.ai_decisions', (
      select coalesce(jsonb_agg(to_jsonb(t) order by t.created_at, t.id), '[]')
      from social.ai_decisions as t where t.user_id = p_user_id
    ),
    'social.support_escalations', (
      select coalesce(jsonb_agg(to_jsonb(t) order by t.created_at, t.id), '[]')
      from social.support_escalations as t where t.user_id = p_user_id
    ),
    'social.scheduled_posts', (
      select coalesce(jsonb_agg(to_jsonb(t) order by t.created_at, t.id), '[]')
      from social.scheduled_posts as t where t.user_id = p_user_id
    ),
    'social.post_runs', (
      select coalesce(jsonb_agg(to_jsonb(t) order by t.created_at, t.id), '[]')
      from social.post_runs as t where t.user_id = p_user_id
    ),
    'social.monitored_posts', (
      select coalesce(jsonb_agg(to_jsonb(t) order by t.created_at, t.id), '[]')
      from social.monitored_posts as t where t.user_id = p_user_id
    ),
    'social.monitoring_rules', (
      select coalesce(jsonb_agg(to_jsonb(t) order by t.created_at, t.id), '[]')
      from social.monitoring_rules as t where t.user_id = p_user_id
    ),
    'social.comments', (
      select coalesce(jsonb_agg(to_jsonb(t) order by t.created_at, t.id), '[]')
      from social.comments as t where t.user_id = p_user_id
    ),
    'social.analytics', (
      select coalesce(jsonb_agg(to_jsonb(t) order by t.created_at, t.id), '[]')
      from social.analytics as t where t.user_id = p_user_id
    ),
    'social.analytics_history', (
      select coalesce(jsonb_agg(to_jsonb(t) order by t.created_at, t.id), '[]')
      from social.analytics_history as t where t.user_id = p_user_id
    ),
    'social.topic_analysis', (
      select coalesce(jsonb_agg(to_jsonb(t) order by t.created_at, t.id), '[]')
      from social.topic_analysis as t where t.user_id = p_user_id
    ),
    'social.bertopic_models', (
      select coalesce(jsonb_agg(to_jsonb(t) order by t.created_at, t.id), '[]')
      from social.bertopic_models as t where t.user_id = p_user_id
    )
  );
end;
$$;
