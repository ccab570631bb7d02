-- current_user tells a client's own statement from one of a definer's function.
create trigger prepare_conversation
  before insert or update of user_id, social_account_id on social.conversations
  for each row execute function private.social_prepare_conversation();
create trigger keep_counts
  before update of unread_count, last_message_at on social.conversations
  for each row
  when (current_user in ('authenticated', 'service_role'))
  execute function private.social_keep_counts();
create trigger read_conversation
  after update of unread_count on social.conversations
  for each row
  when (
    new.unread_count = 0 and old.unread_count > 0
    and current_user in ('authenticated', 'service_role')
  )
  execute function private.social_read_conversation();
create trigger set_updated_at
  before update on social.conversations
  for each row execute function private.set_updated_at();

create trigger prepare_agent_message
  before insert on social.conversation_messages
  for each row
  when (current_user = 'authenticated')
  execute function private.social_prepare_agent_message();
create trigger prepare_message
  before insert or update of user_id, conversation_id, reply_to_message_id
  on social.conversation_messages
  for each row execute function private.social_prepare_message();
-- Once a statement: a webhook brings many messages of one conversation.
create trigger count_new_messages
  after insert on social.conversation_messages
  referencing new table as inserted
  for each statement execute function private.social_count_new_messages();
create trigger count_changed_messages
  after update on social.conversation_messages
  referencing old table as before_change new table as after_change
  for each statement execute function private.social_count_changed_messages();
create trigger count_gone_messages
  after delete on social.conversation_messages
  referencing old table as removed
  for each statement execute function private.social_count_gone_messages();
create trigger set_updated_at
  before update on social.conversation_messages
  for each row execute function private.set_updated_at();

create trigger claim_row
  before insert on social.ai_decisions
  for each row execute function private.social_claim_row();
create trigger cut_decision
  before insert or update of message_text on social.ai_decisions
  for each row execute function private.social_cut_decision();
create trigger set_updated_at
  before update on social.ai_decisions
  for each row execute function private.set_updated_at();

create trigger prepare_escalation
  before insert or update of user_id, conversation_id on social.support_escalations
  for each row execute function private.social_prepare_escalation();
create trigger silence_conversations
  after insert on social.support_escalations
  referencing new table as inserted
  for each statement execute function private.social_silence_conversations();
create trigger set_updated_at
  before update on social.support_escalations
  for each row execute function private.set_updated_at();
