import type { Who } from "../../../scripts/rights/matrix.ts";

// What the front ends of the four documents list, as PostgREST asks for it, with the
// filters that their documents name; and what admins look for over everybody's rows.

const someone = "'00000000-0000-4000-8000-000000000001'";

const ofOwner = [
  ...["generations", "brand_guidelines", "campaigns", "storyboard_sequences"].flatMap((name) => [
    `video.${name} where user_id = :me order by created_at desc limit 20`,
    `video.${name} order by created_at desc limit 20`,
  ]),
  "video.generations where user_id = :me and status = 'success' order by created_at desc limit 20",
  `video.generations where campaign_id = ${someone} order by created_at desc limit 20`,
  "video.credit_transactions where user_id = :me order by created_at desc limit 20",
  "video.tool_configurations where user_id = :me and is_favorite order by created_at desc limit 20",
  "video.style_presets where user_id = :me and tags @> '{noir}'",
  "video.tool_preset_chains order by usage_count desc limit 20",
  "video.performance_metrics order by created_at desc limit 20",
  "video.platform_configurations where user_id = :me and platform = 'tiktok'",
  "video.user_profiles where username = 'ann'",

  "editor.images where user_id = :me order by created_at desc limit 20",
  "editor.images order by created_at desc limit 20",
  "editor.images where processing_status = 'completed' and user_id = :me order by created_at desc limit 20",
  "editor.images where is_favorite order by created_at desc limit 20",
  `editor.image_operations where image_id = ${someone} order by created_at desc`,
  "editor.image_operations where status = 'processing' order by created_at desc limit 20",
  "editor.image_collections order by created_at desc limit 20",
  "editor.image_collections where user_id = :me order by created_at desc limit 20",
  "editor.image_collections where is_public order by created_at desc limit 20",
  `editor.image_collection_items where collection_id = ${someone} order by added_at desc`,
  "editor.credit_transactions where user_id = :me order by created_at desc limit 20",
  "editor.credit_transactions where transaction_type = 'usage' order by created_at desc limit 20",
  "editor.subscription_history order by started_at desc",
  "editor.user_activity_logs order by created_at desc limit 20",
  "editor.email_logs order by sent_at desc limit 20",

  "social.conversations order by last_message_at desc limit 20",
  `social.conversation_messages where conversation_id = ${someone} order by created_at desc limit 50`,
  "social.conversation_messages order by created_at desc limit 50",
  "social.ai_decisions order by created_at desc limit 50",
  "social.support_escalations where notified = false order by created_at desc",
  "social.scheduled_posts order by publish_at desc limit 20",
  "social.scheduled_posts where status = 'queued' order by publish_at limit 20",
  `social.post_runs where scheduled_post_id = ${someone} order by created_at desc`,
  "social.monitored_posts order by posted_at desc limit 20",
  `social.comments where monitored_post_id = ${someone} order by created_at`,
  "social.comments where triage = 'respond' and replied_at is null order by created_at limit 50",
  `social.analytics where content_id = ${someone} order by recorded_at desc`,
  "social.analytics_history order by recorded_at desc limit 50",
  "social.topic_analysis order by analysis_date desc limit 50",
  "social.bertopic_models where is_active",
  "social.knowledge_documents order by created_at desc limit 20",
  `social.knowledge_chunks where document_id = ${someone} order by chunk_index`,
  "social.faq_qa where is_active order by created_at desc limit 20",
  "social.ai_studio_conversation_metadata order by updated_at desc limit 20",
  "social.credit_transactions order by created_at desc limit 20",
  "social.subscriptions order by created_at desc",

  "staging.projects order by created_at desc limit 20",
  `staging.images where project_id = ${someone} order by created_at desc limit 20`,
  "staging.images order by created_at desc limit 20",
  `staging.jobs where image_id = ${someone}`,
  "staging.jobs order by created_at desc limit 20",
  "staging.invoices order by created_at desc limit 20",
  "staging.subscriptions where user_id = :me",

  "public.jobs where status = 'queued' order by created_at desc limit 20",
  "public.checkouts order by created_at desc limit 20",
  "public.payments order by created_at desc limit 20",
  "public.refunds order by created_at desc limit 20",
  "public.disputes order by created_at desc limit 20",
  "public.top_ups order by created_at desc limit 20",
  "public.notifications_outbox order by created_at desc limit 20",
];

const ofAdmin = [
  "editor.profiles where email = 'ann@example.com'",
  "editor.images where user_id = :me order by created_at desc limit 20",
  "editor.images where processing_status = 'failed' order by created_at desc limit 20",
  "editor.image_operations where status = 'failed' order by created_at desc limit 20",
  "editor.credit_transactions where user_id = :me order by created_at desc limit 20",
  "editor.api_usage_logs where user_id = :me order by created_at desc limit 20",
  "editor.api_usage_logs where api_provider = 'local' order by created_at desc limit 20",
  "editor.email_logs where user_id = :me order by sent_at desc limit 20",
];

const list = (who: Who) => (query: string) => ({ who, query: `select * from ${query}` });

export const LISTS = [...ofOwner.map(list("owner")), ...ofAdmin.map(list("admin"))];
