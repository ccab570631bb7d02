-- Even if somebody had usage of private by mistake.
begin;
select plan(1);

select is_empty(
  $$
    select p.oid::regprocedure, r.rolname
    from pg_proc as p cross join pg_roles as r
    where p.pronamespace = 'private'::regnamespace and r.rolname in ('anon', 'authenticated')
      and has_function_privilege(r.oid, p.oid, 'execute')
      and p.proname not in (
        'admin_adjust_credits', 'admin_refund_usage', 'admin_replay_event', 'admin_set_active',
        'admin_set_provider', 'admin_set_role', 'admin_set_route', 'cancel_job', 'create_checkout', 'delete_my_account',
        'admin_adjust_credits', 'admin_open_events', 'admin_refund_usage', 'admin_replay_event', 'admin_set_active',
        'admin_set_role', 'cancel_job', 'create_checkout', 'delete_my_account',
        'admin_set_api_cost', 'admin_set_provider', 'admin_set_role', 'admin_set_route', 'cancel_job', 'create_checkout', 'delete_my_account',
        'editor_add_user_credits', 'editor_deduct_user_credits', 'editor_public_collection',
        'accepts_upload', 'admin_adjust_credits', 'admin_refund_usage', 'admin_replay_event', 'admin_set_active',
        'admin_set_role', 'cancel_job', 'create_checkout', 'delete_my_account',
        'editor_add_user_credits', 'editor_deduct_user_credits', 'editor_download_image',
        'editor_public_collection', 'editor_quote_pipeline', 'editor_request_batch',
        'ensure_profile', 'export_my_data', 'has_storage_room', 'is_admin', 'is_delivered',
        'log_activity', 'my_credits', 'my_storage', 'operation_margins', 'quote', 'social_activate_topic_model',
        'social_connect_account', 'social_conversations_with_last_message',
        'social_decision_statistics', 'social_engagement_over_time',
        'social_mark_conversation_read', 'social_match_faq', 'social_posts_with_comment_counts',
        'social_prune_checkpoints', 'social_search_knowledge', 'social_set_account_tokens',
        'social_top_topics', 'social_usage_report', 'staging_my_usage',
        'staging_new_upload', 'staging_stage_again', 'user_id',
        'social_top_topics', 'social_usage_report', 'staging_my_usage', 'user_id',
        'video_cancel_storyboard_run', 'video_cancel_tool_chain_run', 'video_compare_metrics',
        'video_delete_tool_chain_run', 'video_generate_storyboard', 'video_quote_generation',
        'video_quote_storyboard', 'video_quote_tool_chain', 'video_retry_generation',
        'video_run_tool_chain',
        'video_use_item', 'visible_from', 'visible_to', 'whoami'
        'admin_adjust_credits', 'admin_open_events', 'admin_refund_usage', 'admin_replay_event',
        'admin_set_active', 'admin_set_role', 'admin_sync_catalogue', 'begin_subscription_change',
        'begin_subscription_checkout', 'billing_customer', 'cancel_job', 'create_checkout',
        'delete_my_account', 'editor_add_user_credits', 'editor_deduct_user_credits',
        'editor_public_collection', 'ensure_profile', 'export_my_data', 'has_storage_room',
        'is_admin', 'is_delivered', 'log_activity', 'my_credits', 'my_storage', 'quote',
        'admin_adjust_credits', 'admin_link_whop_user', 'admin_open_events', 'admin_refund_usage',
        'admin_replay_event', 'admin_set_active', 'admin_set_role', 'cancel_job',
        'create_checkout', 'delete_my_account', 'editor_add_user_credits',
        'editor_deduct_user_credits', 'editor_public_collection', 'ensure_profile',
        'export_my_data', 'has_storage_room', 'is_admin', 'is_delivered', 'log_activity',
        'my_credits', 'my_entitlement', 'my_storage', 'quote', 'set_auto_top_up',
        'social_activate_topic_model', 'social_connect_account',
        'social_conversations_with_last_message', 'social_decision_statistics',
        'social_engagement_over_time', 'social_mark_conversation_read', 'social_match_faq',
        'social_posts_with_comment_counts', 'social_prune_checkpoints', 'social_search_knowledge',
        'social_set_account_tokens', 'social_top_topics', 'social_usage_report', 'staging_my_usage',
        'user_id', 'video_use_item', 'visible_from', 'visible_to', 'whoami'
        'social_set_account_tokens', 'social_top_topics', 'social_usage_report',
        'staging_my_usage', 'user_id', 'video_use_item', 'visible_from', 'visible_to', 'whoami'
      )
  $$,
  'by a client'
);

select * from finish();
rollback;
