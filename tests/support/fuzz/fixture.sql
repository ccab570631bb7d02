-- One user's rows in every table, each text of theirs with a word that nobody else
-- has: {{user}} is whose they are, {{marker}} the word. Run as the owner, after sign-up.
update public.profiles
set
  full_name = '{{marker}}', first_name = '{{marker}}', last_name = '{{marker}}',
  company = '{{marker}}', phone = '{{marker}}', avatar_url = '{{marker}}'
where id = '{{user}}';

select private.grant_credits('{{user}}', 1000, 'bonus', '{{marker}}', '{"note": "{{marker}}"}');
select private.spend_credits('{{user}}', 5, '{{marker}}', '{"note": "{{marker}}"}', '{{marker}}');
select private.hold_credits('{{user}}', 7, '{{marker}}', '{"note": "{{marker}}"}');

insert into storage.objects (bucket_id, name, metadata)
values
  ('uploads', '{{user}}/room.png', '{"size": 1000}'),
  ('uploads', '{{user}}/{{marker}}.png', '{"size": 1000}'),
  ('results', '{{user}}/{{marker}}/shared.png', '{"size": 1000}');

-- The platform's books of a user, which no client writes.
insert into public.customers (user_id, stripe_customer_id) values ('{{user}}', 'cus_{{marker}}');
insert into public.checkouts (user_id, package_id, idempotency_key, external_id, url, credits, unit_amount, currency)
select '{{user}}', p.id, '{{marker}}', 'cs_{{marker}}', '{{marker}}', p.credits, p.unit_amount, p.currency
from public.credit_packages as p where p.code = 'starter';
insert into public.payments (source, external_id, user_id, amount, currency, credits)
values ('stripe', 'pi_{{marker}}', '{{user}}', 999, 'usd', 100);
insert into private.payment_grants (source, payment_id, n, user_id, transaction_type, credits, due_at)
values ('stripe', 'pi_{{marker}}', 1, '{{user}}', 'purchase', 100, 'infinity');
insert into public.refunds (id, user_id, payment_id, amount, currency, status, reason)
values ('re_{{marker}}', '{{user}}', 'pi_{{marker}}', 9, 'usd', 'succeeded', '{{marker}}');
insert into public.disputes (id, user_id, payment_id, amount, currency, status, reason)
values ('dp_{{marker}}', '{{user}}', 'pi_{{marker}}', 9, 'usd', 'won', '{{marker}}');
insert into private.billing_objects (source, type, id, user_id)
values ('stripe', 'customer', 'cus_{{marker}}', '{{user}}');
insert into private.payment_methods (id, customer_id, created_at)
values ('pm_{{marker}}', 'cus_{{marker}}', now());
insert into public.auto_top_ups (user_id, enabled, threshold, package_id, unit_amount, currency, monthly_cap)
select '{{user}}', false, 50, p.id, p.unit_amount, p.currency, 5000
from public.credit_packages as p where p.code = 'starter';
insert into private.balance_crossings (user_id) values ('{{user}}');
insert into public.top_ups (id, user_id, payment_method)
select c.id, c.user_id, 'pm_{{marker}}' from public.checkouts as c where c.external_id = 'cs_{{marker}}';
insert into public.notifications_outbox (user_id, kind, dedup_key, payload, claim_token)
values ('{{user}}', 'top_up_failed', 'top_up_failed:{{marker}}', '{"note": "{{marker}}"}', gen_random_uuid());
insert into public.subscriptions (id, user_id, plan_id, status, current_period_start, current_period_end)
select 'sub_{{marker}}', '{{user}}', p.id, 'active', now() - interval '1 day', now() + interval '29 days'
from public.plans as p where p.code = 'pro';
insert into public.subscription_history (user_id, subscription_id, status, started_at)
values ('{{user}}', 'sub_{{marker}}', 'active', now());
insert into private.subscription_checkouts (user_id, plan_id, price_id, idempotency_key, session_id, url)
select '{{user}}', p.id, '{{marker}}', '{{marker}}', 'cs_sub_{{marker}}', '{{marker}}'
from public.plans as p where p.code = 'basic';
insert into private.subscription_changes (user_id, subscription_id, action, idempotency_key)
values ('{{user}}', 'sub_{{marker}}', 'cancel', '{{marker}}');
insert into public.invoices (user_id, external_id, currency, invoice_number)
values ('{{user}}', 'in_{{marker}}', 'usd', '{{marker}}');
insert into public.user_activity_logs (user_id, activity_type, activity_data, user_agent)
values ('{{user}}', '{{marker}}', '{"note": "{{marker}}"}', '{{marker}}');
insert into public.email_logs (user_id, sendgrid_message_id, status) values ('{{user}}', '{{marker}}', 'sent');
insert into public.api_usage_logs (user_id, api_provider, operation_type) values ('{{user}}', '{{marker}}', '{{marker}}');
insert into public.admin_logs (admin_user_id, action, details) values ('{{user}}', '{{marker}}', '{}');
-- Read by everyone signed in: no word of ours.
insert into public.shared_files (bucket_id, name, subject_id, user_id)
values ('results', '{{user}}/shared.png', gen_random_uuid(), '{{user}}');

insert into editor.images (user_id, original_filename, original_file_type, original_url, metadata, processing_error)
values ('{{user}}', '{{marker}}.png', 'image/png;{{marker}}', '{{user}}/{{marker}}.png', '{"note": "{{marker}}"}', '{{marker}}');
insert into editor.image_operations (image_id, operation_type, input_data)
select i.id, o.operation, o.input
from editor.images as i
cross join (
  values
    ('generate', '{"prompt": "{{marker}}", "width": 64, "height": 64}'::jsonb),
    ('upscale', '{"factor": 2}'),
    ('background_removal', '{}'),
    ('vectorize', '{}')
) as o (operation, input)
where i.user_id = '{{user}}';
insert into editor.image_pipelines (image_id, steps)
select
  i.id,
  '[{"operation_type": "generate", "input_data": {"prompt": "{{marker}}"}}, {"operation_type": "vectorize"}]'
from editor.images as i
where i.user_id = '{{user}}';
insert into editor.image_collections (user_id, name, description) values ('{{user}}', '{{marker}}', '{{marker}}');
insert into editor.image_collection_items (collection_id, image_id)
select c.id, i.id
from editor.image_collections as c
join editor.images as i on i.user_id = c.user_id
where c.user_id = '{{user}}';

insert into video.brand_guidelines (user_id, brand_name, "values", tone_of_voice, visual_style, do_list, dont_list, color_palette, fonts)
values (
  '{{user}}', '{{marker}}', '{"{{marker}}"}', '{"{{marker}}"}', '{{marker}}', '{"{{marker}}"}', '{"{{marker}}"}',
  '{"{{marker}}"}', '{{marker}}'
);
insert into video.campaigns (user_id, name, description, target_audience, platform, concepts, brand_guidelines_id)
select '{{user}}', '{{marker}}', '{{marker}}', '{{marker}}', '{"{{marker}}"}', '["{{marker}}"]', b.id
from video.brand_guidelines as b where b.user_id = '{{user}}';
insert into video.storyboard_sequences (user_id, campaign_id, name, frames, character_id)
select '{{user}}', c.id, '{{marker}}', '[{"description": "{{marker}}", "duration": 8}]', '{{marker}}'
from video.campaigns as c where c.user_id = '{{user}}';
insert into video.generations (user_id, prompt, model, campaign_id, storyboard_id, reference_image_url)
select '{{user}}', '{{marker}}', 'veo-fast', s.campaign_id, s.id, '{{user}}/room.png'
from video.storyboard_sequences as s where s.user_id = '{{user}}';
insert into video.performance_metrics (user_id, generation_id, prompt, character_id, platform, predicted_score, actual_engagement, improvements)
select '{{user}}', g.id, '{{marker}}', '{{marker}}', '{{marker}}', 50, '{"note": "{{marker}}"}', '["{{marker}}"]'
from video.generations as g where g.user_id = '{{user}}';
insert into video.tool_configurations (user_id, tool_name, character_id, configuration)
values ('{{user}}', '{{marker}}', '{{marker}}', '{"note": "{{marker}}"}');
insert into video.style_presets (user_id, name, character_id, style_data, thumbnail_url, tags)
values ('{{user}}', '{{marker}}', '{{marker}}', '{"note": "{{marker}}"}', '{{marker}}', '{"{{marker}}"}');
insert into video.tool_preset_chains (user_id, name, description, tools)
values ('{{user}}', '{{marker}}', '{{marker}}', '[{"tool": "{{marker}}", "settings": {"size": 2}}]');
insert into video.tool_preset_chains (user_id, name, description, tools)
values ('{{user}}', 'A chain that runs', '{{marker}}', '[{"tool": "generate_image", "settings": {"prompt": "{{marker}}"}}]');
insert into video.storyboard_runs (user_id, storyboard_id, options, shots, credits)
select '{{user}}', s.id, '{"prompt": "{{marker}}"}', 1, 0
from video.storyboard_sequences as s where s.user_id = '{{user}}';
insert into video.tool_chain_runs (user_id, name, input, status, steps, credits, error_message, completed_at)
values ('{{user}}', '{{marker}}', '{"prompt": "{{marker}}"}', 'error', 1, 0, '{{marker}}', now());
insert into video.tool_chain_steps (user_id, run_id, step, tool, job_type, request, status, error_message, completed_at)
select '{{user}}', r.id, 1, 'generate_image', 'video.image', '{"prompt": "{{marker}}"}', 'error', '{{marker}}', now()
from video.tool_chain_runs as r where r.user_id = '{{user}}';
insert into video.platform_configurations (user_id, platform, aspect_ratio, preferred_style, prompt_templates, character_preferences)
values ('{{user}}', '{{marker}}', '16:9', '{"note": "{{marker}}"}', '["{{marker}}"]', '{"note": "{{marker}}"}');

insert into staging.projects (user_id, name) values ('{{user}}', '{{marker}}');
insert into staging.images (project_id, original_url, room_type, style)
select p.id, '{{user}}/{{marker}}.png', 'bedroom', 'modern' from staging.projects as p where p.user_id = '{{user}}';

insert into social.ai_settings (user_id, system_prompt, instructions, flagged_keywords, flagged_phrases, ignore_examples, doc_lang)
values ('{{user}}', '{{marker}}', '{{marker}}', '{"{{marker}}"}', '{"{{marker}}"}', '{"{{marker}}"}', '{en}');
insert into social.social_accounts (user_id, platform, account_id, username, display_name, profile_url, token_expires_at)
values ('{{user}}', 'instagram', '{{marker}}', '{{marker}}', '{{marker}}', '{{marker}}', now() + interval '1 day');
select private.social_store_tokens(a.id, '{{marker}}', '{{marker}}', null)
from social.social_accounts as a where a.user_id = '{{user}}';
insert into social.conversations (social_account_id, external_conversation_id, customer_identifier, customer_name, customer_avatar_url, assigned_to, tags, metadata)
select a.id, '{{marker}}', '{{marker}}', '{{marker}}', '{{marker}}', a.user_id, '{"{{marker}}"}', '{"note": "{{marker}}"}'
from social.social_accounts as a where a.user_id = '{{user}}';
insert into social.conversation_messages (conversation_id, external_message_id, direction, content, sender_id, sender_name, metadata)
select c.id, d.direction || '{{marker}}', d.direction, '{{marker}}', '{{marker}}', '{{marker}}', '{"note": "{{marker}}"}'
from social.conversations as c
cross join (values ('outbound'), ('inbound')) as d (direction)
where c.user_id = '{{user}}';
insert into social.ai_decisions (user_id, decision, confidence, reason, matched_rule, message_text, snapshot_json)
values ('{{user}}', 'respond', 0.5, '{{marker}}', '{{marker}}', '{{marker}}', '{"note": "{{marker}}"}');
insert into social.support_escalations (conversation_id, message, reason)
select c.id, '{{marker}}', 'urgent_request' from social.conversations as c where c.user_id = '{{user}}';
insert into social.scheduled_posts (channel_id, content_json, publish_at, rrule)
select a.id, '{"text": "{{marker}}", "media": [{"type": "image", "url": "{{marker}}"}]}', now() + interval '1 day', 'FREQ=DAILY;COUNT=3'
from social.social_accounts as a where a.user_id = '{{user}}';
insert into social.post_runs (scheduled_post_id, status, error)
select p.id, 'failed', '{{marker}}' from social.scheduled_posts as p where p.user_id = '{{user}}';
insert into social.monitoring_rules (social_account_id, auto_monitor_count)
select a.id, 3 from social.social_accounts as a where a.user_id = '{{user}}';
insert into social.monitored_posts (social_account_id, platform_post_id, caption, media_url, monitoring_enabled)
select a.id, '{{marker}}', '{{marker}}', '{{marker}}', true from social.social_accounts as a where a.user_id = '{{user}}';
insert into social.comments (monitored_post_id, platform_comment_id, author_name, author_id, text, triage)
select p.id, '{{marker}}', '{{marker}}', '{{marker}}', '{{marker}}', 'respond'
from social.monitored_posts as p where p.user_id = '{{user}}';
insert into social.analytics (content_id, platform, likes, raw_metrics)
select p.id, 'instagram', 3, '{"note": "{{marker}}"}' from social.monitored_posts as p where p.user_id = '{{user}}';
insert into social.topic_analysis (user_id, topic_id, topic_label, topic_keywords, message_count, sample_messages)
values ('{{user}}', 1, '{{marker}}', '{"{{marker}}"}', 3, '{"{{marker}}"}');
insert into social.bertopic_models (user_id, model_version, storage_path, metadata)
values ('{{user}}', '20260101_000000', '{{marker}}', '{"note": "{{marker}}"}');
insert into social.knowledge_documents (user_id, title, bucket_id, object_name, status)
values ('{{user}}', '{{marker}}', 'uploads', '{{user}}/{{marker}}.png', 'indexed');
insert into social.knowledge_chunks (document_id, chunk_index, content, embedding, metadata)
select d.id, 0, 'hello {{marker}}', array_fill(0.5, array[768])::extensions.vector, '{"note": "{{marker}}"}'
from social.knowledge_documents as d where d.user_id = '{{user}}';
insert into social.faq_qa (user_id, title, questions, answer, metadata)
values ('{{user}}', '{{marker}}', '{"hello {{marker}}"}', '{{marker}}', '{"note": "{{marker}}"}');
insert into social.ai_studio_settings (user_id, default_system_prompt) values ('{{user}}', '{{marker}}');
insert into social.ai_studio_conversation_metadata (thread_id, user_id, title, model)
values ('thread of {{user}}', '{{user}}', '{{marker}}', '{{marker}}');
insert into social.checkpoints (thread_id, checkpoint_id, type, checkpoint)
values ('thread of {{user}}', '1', '{{marker}}', '{"note": "{{marker}}"}');
insert into social.checkpoint_blobs (thread_id, channel, version, type, blob)
values ('thread of {{user}}', '{{marker}}', '1', '{{marker}}', '\x00');
insert into social.checkpoint_writes (thread_id, checkpoint_id, task_id, idx, channel, type, blob)
values ('thread of {{user}}', '1', '{{marker}}', 0, '{{marker}}', '{{marker}}', '\x00');
