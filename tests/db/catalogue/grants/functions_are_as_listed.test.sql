-- Every function that an API role may execute. Those of private are called by the
-- wrappers, which are bound to them, and by policies; no API role can name them.
begin;
select plan(2);

select set_eq(
  $$
    select format('%s.%s', n.nspname, p.proname), string_agg(a.grantee::regrole::text, ', ' order by a.grantee::regrole::text)
    from pg_proc as p
    join pg_namespace as n on n.oid = p.pronamespace
    cross join lateral aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) as a
    where n.nspname in ('public', 'private', 'video', 'editor', 'social', 'staging')
      and a.grantee <> p.proowner and a.grantee <> 0
    group by p.oid, n.nspname, p.proname
  $$,
  $$
    values
      ('editor.add_user_credits', 'authenticated, service_role'),
      ('editor.deduct_user_credits', 'authenticated, service_role'),
      ('editor.public_collection', 'authenticated'),
      ('private.admin_adjust_credits', 'authenticated'),
      ('private.admin_open_events', 'authenticated'),
      ('private.admin_refund_usage', 'authenticated'),
      ('private.admin_replay_event', 'authenticated'),
      ('private.admin_set_active', 'authenticated'),
      ('private.admin_set_role', 'authenticated'),
      ('private.attach_checkout', 'service_role'),
      ('private.cancel_job', 'authenticated'),
      ('private.capture_hold', 'service_role'),
      ('private.claim_jobs', 'service_role'),
      ('private.complete_job', 'service_role'),
      ('private.complete_jobs', 'service_role'),
      ('private.create_checkout', 'authenticated'),
      ('private.delete_my_account', 'authenticated'),
      ('private.editor_add_user_credits', 'authenticated, service_role'),
      ('private.editor_deduct_user_credits', 'authenticated, service_role'),
      ('private.editor_public_collection', 'authenticated'),
      ('private.ensure_profile', 'authenticated'),
      ('private.export_my_data', 'authenticated'),
      ('private.fail_job', 'service_role'),
      ('private.grant_credits', 'service_role'),
      ('private.has_storage_room', 'authenticated'),
      ('private.heartbeat_job', 'service_role'),
      ('private.hold_credits', 'service_role'),
      ('private.is_admin', 'anon, authenticated, service_role'),
      ('private.is_delivered', 'authenticated'),
      ('private.log_activity', 'authenticated'),
      ('private.my_credits', 'authenticated'),
      ('private.my_storage', 'authenticated'),
      ('private.quote', 'anon, authenticated, service_role'),
      ('private.record_api_usage', 'service_role'),
      ('private.record_provider_callback', 'service_role'),
      ('private.record_fetched_object', 'service_role'),
      ('private.record_webhook_event', 'service_role'),
      ('private.release_hold', 'service_role'),
      ('private.replay_webhook_event', 'service_role'),
      ('private.snooze_job', 'service_role'),
      ('private.social_activate_topic_model', 'authenticated'),
      ('private.social_connect_account', 'authenticated'),
      ('private.social_connect_account_for', 'service_role'),
      ('private.social_conversations_with_last_message', 'authenticated'),
      ('private.social_decision_statistics', 'authenticated'),
      ('private.social_engagement_over_time', 'authenticated'),
      ('private.social_get_account_tokens', 'service_role'),
      ('private.social_mark_conversation_read', 'authenticated'),
      ('private.social_match_faq', 'authenticated'),
      ('private.social_posts_with_comment_counts', 'authenticated'),
      ('private.social_prune_checkpoints', 'authenticated, service_role'),
      ('private.social_search_knowledge', 'authenticated'),
      ('private.social_set_account_tokens', 'authenticated, service_role'),
      ('private.social_top_topics', 'authenticated'),
      ('private.social_usage_report', 'authenticated'),
      ('private.spend_credits', 'service_role'),
      ('private.spend_credits_batch', 'service_role'),
      ('private.stale_billing_objects', 'service_role'),
      ('private.staging_my_usage', 'authenticated'),
      ('private.start_job', 'service_role'),
      ('private.user_id', 'anon, authenticated, service_role'),
      ('private.video_use_item', 'authenticated'),
      ('private.visible_from', 'anon, authenticated, service_role'),
      ('private.visible_to', 'anon, authenticated, service_role'),
      ('private.whoami', 'authenticated'),
      ('public.admin_adjust_credits', 'authenticated'),
      ('public.admin_open_events', 'authenticated'),
      ('public.admin_refund_usage', 'authenticated'),
      ('public.admin_replay_event', 'authenticated'),
      ('public.admin_set_active', 'authenticated'),
      ('public.admin_set_role', 'authenticated'),
      ('public.attach_checkout', 'service_role'),
      ('public.cancel_job', 'authenticated'),
      ('public.capture_hold', 'service_role'),
      ('public.claim_jobs', 'service_role'),
      ('public.complete_job', 'service_role'),
      ('public.complete_jobs', 'service_role'),
      ('public.create_checkout', 'authenticated'),
      ('public.delete_my_account', 'authenticated'),
      ('public.ensure_profile', 'authenticated'),
      ('public.export_my_data', 'authenticated'),
      ('public.fail_job', 'service_role'),
      ('public.grant_credits', 'service_role'),
      ('public.heartbeat_job', 'service_role'),
      ('public.hold_credits', 'service_role'),
      ('public.log_activity', 'authenticated'),
      ('public.my_credits', 'authenticated'),
      ('public.my_storage', 'authenticated'),
      ('public.quote', 'anon, authenticated, service_role'),
      ('public.record_api_usage', 'service_role'),
      ('public.record_provider_callback', 'service_role'),
      ('public.record_fetched_object', 'service_role'),
      ('public.record_webhook_event', 'service_role'),
      ('public.release_hold', 'service_role'),
      ('public.replay_webhook_event', 'service_role'),
      ('public.snooze_job', 'service_role'),
      ('public.spend_credits', 'service_role'),
      ('public.spend_credits_batch', 'service_role'),
      ('public.stale_billing_objects', 'service_role'),
      ('public.start_job', 'service_role'),
      ('public.whoami', 'authenticated'),
      ('social.activate_topic_model', 'authenticated'),
      ('social.connect_account', 'authenticated'),
      ('social.connect_account_for', 'service_role'),
      ('social.conversations_with_last_message', 'authenticated'),
      ('social.decision_statistics', 'authenticated'),
      ('social.engagement_over_time', 'authenticated'),
      ('social.get_account_tokens', 'service_role'),
      ('social.mark_conversation_read', 'authenticated'),
      ('social.match_faq', 'authenticated'),
      ('social.posts_with_comment_counts', 'authenticated'),
      ('social.prune_checkpoints', 'authenticated, service_role'),
      ('social.search_knowledge', 'authenticated'),
      ('social.set_account_tokens', 'authenticated, service_role'),
      ('social.top_topics', 'authenticated'),
      ('social.usage_report', 'authenticated'),
      ('staging.my_usage', 'authenticated'),
      ('video.use_item', 'authenticated')
  $$,
  'rights on functions'
);
select is_empty(
  $$
    select p.proname
    from pg_proc as p
    where p.pronamespace::regnamespace::text in ('public', 'private', 'video', 'editor', 'social', 'staging')
    group by p.pronamespace, p.proname
    having count(*) > 1
  $$,
  'no name stands for two functions'
);

select * from finish();
rollback;
