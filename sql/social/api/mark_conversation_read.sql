create function social.mark_conversation_read(p_conversation_id uuid)
returns social.conversations
language sql
security invoker
set search_path = ''
begin atomic
  select private.social_mark_conversation_read(p_conversation_id);
end;
grant execute on function social.mark_conversation_read(uuid) to authenticated;
comment on function social.mark_conversation_read(uuid) is
  'Marks the inbound messages of the caller''s conversation read, which sets its unread_count to 0, and returns the conversation. Errors: PT403 not_signed_in; PT404 conversation_not_found.';
