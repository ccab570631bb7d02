create function private.social_mark_conversation_read(p_conversation_id uuid)
returns social.conversations
language plpgsql
security definer            -- messages are not the caller's to update
set search_path = ''
as $$
declare
  v_conversation social.conversations;
begin
  perform private.require_user_id();
  perform private.social_require_conversation(p_conversation_id);
  -- Messages before their conversation, as when they arrive.
  perform private.social_read_messages(p_conversation_id);
  select * into v_conversation from social.conversations as c where c.id = p_conversation_id;
  return v_conversation;
end;
$$;
grant execute on function private.social_mark_conversation_read(uuid) to authenticated;
