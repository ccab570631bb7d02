grant select, insert, update, delete on social.conversations to service_role;
grant select, delete on social.conversations to authenticated;
grant insert (
  id, social_account_id, external_conversation_id, customer_identifier, customer_name,
  customer_avatar_url, status, priority, assigned_to, tags, ai_mode, automation_disabled, metadata
) on social.conversations to authenticated;
grant update (
  customer_name, customer_avatar_url, status, priority, assigned_to, tags, ai_mode,
  automation_disabled, unread_count, metadata
) on social.conversations to authenticated;

grant select, insert, update, delete on social.conversation_messages to service_role;
grant select on social.conversation_messages to authenticated;
grant insert (
  id, conversation_id, direction, content, message_type, media_type, reply_to_message_id,
  storage_object_name, metadata
) on social.conversation_messages to authenticated;

grant select, insert, update, delete on social.ai_decisions to service_role;
grant select on social.ai_decisions to authenticated;

grant select, insert, update, delete on social.support_escalations to service_role;
grant select on social.support_escalations to authenticated;

create policy "Users read conversations of their accounts"
  on social.conversations for select to authenticated
  using (user_id = (select private.user_id()));

create policy "Users insert conversations of their accounts"
  on social.conversations for insert to authenticated
  with check (user_id = (select private.user_id()));

create policy "Users update conversations of their accounts"
  on social.conversations for update to authenticated
  using (user_id = (select private.user_id()))
  with check (user_id = (select private.user_id()));

create policy "Users delete conversations of their accounts"
  on social.conversations for delete to authenticated
  using (user_id = (select private.user_id()));

create policy "Users read messages of their conversations"
  on social.conversation_messages for select to authenticated
  using (user_id = (select private.user_id()));

create policy "Users send messages in their conversations"
  on social.conversation_messages for insert to authenticated
  with check (user_id = (select private.user_id()) and direction = 'outbound');

create policy "Users read decisions about their messages"
  on social.ai_decisions for select to authenticated
  using (user_id = (select private.user_id()));

create policy "Users read escalations of their conversations"
  on social.support_escalations for select to authenticated
  using (user_id = (select private.user_id()));
