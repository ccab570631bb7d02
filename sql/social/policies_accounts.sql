-- Each policy is one comparison with an indexed column, so that a list without any
-- filter reads its user's rows alone. Nobody but the user reads them: the document
-- has no admins, and a customer's messages are no business of ours.
grant select on social.users to authenticated, service_role;
-- As on profiles: an upsert sets the key too.
grant insert (id, full_name), update (id, full_name) on social.users to authenticated;
grant insert, update on social.users to service_role;

grant select, insert, update, delete on social.ai_settings to service_role;
grant select, delete on social.ai_settings to authenticated;
grant insert (
  id, user_id, ai_model, temperature, top_p, lang, tone, system_prompt, ai_control_enabled,
  ai_enabled_for_chats, ai_enabled_for_comments, flagged_keywords, flagged_phrases, instructions,
  ignore_examples, doc_lang
) on social.ai_settings to authenticated;
grant update (
  id, user_id, ai_model, temperature, top_p, lang, tone, system_prompt, ai_control_enabled,
  ai_enabled_for_chats, ai_enabled_for_comments, flagged_keywords, flagged_phrases, instructions,
  ignore_examples, doc_lang
) on social.ai_settings to authenticated;

grant select, insert, update, delete on social.social_accounts to service_role;
grant select, delete on social.social_accounts to authenticated;
grant insert (
  id, user_id, platform, account_id, username, display_name, profile_url, token_expires_at, is_active
) on social.social_accounts to authenticated;
grant update (
  id, user_id, platform, account_id, username, display_name, profile_url, token_expires_at, is_active
) on social.social_accounts to authenticated;

create policy "Users read their own AI settings"
  on social.ai_settings for select to authenticated
  using (user_id = (select private.user_id()));

create policy "Users insert their own AI settings"
  on social.ai_settings for insert to authenticated
  with check (user_id = (select private.user_id()));

create policy "Users update their own AI settings"
  on social.ai_settings for update to authenticated
  using (user_id = (select private.user_id()))
  with check (user_id = (select private.user_id()));

create policy "Users delete their own AI settings"
  on social.ai_settings for delete to authenticated
  using (user_id = (select private.user_id()));

create policy "Users read their own accounts"
  on social.social_accounts for select to authenticated
  using (user_id = (select private.user_id()));

create policy "Users insert their own accounts"
  on social.social_accounts for insert to authenticated
  with check (user_id = (select private.user_id()));

create policy "Users update their own accounts"
  on social.social_accounts for update to authenticated
  using (user_id = (select private.user_id()))
  with check (user_id = (select private.user_id()));

create policy "Users delete their own accounts"
  on social.social_accounts for delete to authenticated
  using (user_id = (select private.user_id()));
